using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.McpGateway.Auth.SignIn;

namespace InfraGate.McpGateway.Auth.ApiKeys;

/// <summary>The file of API keys: one JSON document, replaced as a whole, readable by its owner only.</summary>
internal sealed class ApiKeyFile(string path)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>When the file last changed and how long it is; default when there is none. A different stamp means different content.</summary>
    public (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    /// <summary>All keys, none when there is no file. Throws <see cref="JsonException"/> or <see cref="IOException"/> when the file cannot be used.</summary>
    public IReadOnlyList<ApiKeyRecord> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<Document>(stream, s_json)?.Keys ?? throw new JsonException("The file of API keys is empty.");
    }

    /// <summary>Replaces the content atomically.</summary>
    public void Write(IReadOnlyList<ApiKeyRecord> keys)
    {
        KeyRing.Prepare(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(stream, new Document { Keys = keys }, s_json);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private sealed record Document
    {
        [JsonPropertyName("keys")]
        public required IReadOnlyList<ApiKeyRecord> Keys { get; init; }
    }
}
