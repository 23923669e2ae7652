using System.Text.Json;
using InfraGate.DevIssuer.Configuration;

namespace InfraGate.DevIssuer.State;

/// <summary>
/// One JSON document on disk, replaced as a whole: written beside, flushed to the disk, renamed. A reader or a crash sees the old or the
/// new document, never a part. A document that cannot be read stops the start rather than being replaced by an empty one.
/// </summary>
internal sealed class StateFile<T>(string path)
    where T : class, new()
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path { get; } = path;

    public T Load()
    {
        if (!File.Exists(Path))
        {
            return new T();
        }

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(Path), Json) ?? throw new JsonException("it holds null.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IssuerConfigurationException([$"The state file {Path} cannot be read ({unreadable.Message}): restore it, or move it away to start with an empty one."]);
        }
    }

    public void Save(T document)
    {
        var beside = Path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, document, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, Path, overwrite: true);
    }
}
