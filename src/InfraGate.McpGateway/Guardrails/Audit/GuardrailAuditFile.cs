using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.McpGateway.Guardrails.Audit;

/// <summary>
/// The audit as a file of JSON lines, <c>audit.jsonl</c>, readable by its owner only. A file that has reached its size becomes <c>audit.1.jsonl</c>, that one
/// <c>audit.2.jsonl</c>, and so on; the oldest is deleted.
/// </summary>
internal sealed class GuardrailAuditFile(GuardrailOptions options) : IGuardrailAudit, IDisposable
{
    private const string Name = "audit";
    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Lock _lock = new();
    private FileStream? _file;

    /// <summary>The file that is being written.</summary>
    public string Path => PathOf(0);

    /// <inheritdoc />
    public void Record(GuardrailAuditEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, s_json);
        lock (_lock)
        {
            try
            {
                Append([.. json, (byte)'\n']);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Close();
                throw new GuardrailAuditException("The guardrail audit cannot be written.", failure);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }
    }

    private void Append(byte[] line)
    {
        // Someone may have moved or deleted the file to archive it; writing on into the void would lose entries.
        if (_file is not null && !File.Exists(Path))
        {
            Close();
        }

        _file ??= Open();
        if (_file.Position > 0 && _file.Position + line.Length > options.AuditFileSize)
        {
            Close();
            Rotate();
            _file = Open();
        }

        // One write for the whole line, so that a full disk cannot leave half of one between two others unnoticed.
        _file.Write(line);
        _file.Flush();
    }

    private FileStream Open()
    {
        CreateRoot();

        // A link in the audit's place would have the gateway write wherever it points.
        if (new FileInfo(Path).LinkTarget is not null)
        {
            throw new IOException($"{Path} is a link.");
        }

        var how = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path, how);
    }

    private void CreateRoot()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(options.AuditRoot);
        }
        else
        {
            Directory.CreateDirectory(options.AuditRoot, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void Rotate()
    {
        for (var number = options.AuditFiles - 2; number >= 0; number--)
        {
            if (File.Exists(PathOf(number)))
            {
                File.Move(PathOf(number), PathOf(number + 1), overwrite: true);
            }
        }
    }

    private string PathOf(int number) => System.IO.Path.Combine(options.AuditRoot, number == 0 ? $"{Name}.jsonl" : $"{Name}.{number}.jsonl");

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
