using System.Text;

namespace InfraGate.McpServer.Inspection.Logs;

/// <summary>
/// Reads a log of any length through a small buffer and keeps its end: at most <c>capacity</c> bytes of whole lines. Memory does not grow with the log.
/// </summary>
internal sealed class LogTail
{
    /// <summary>A log that is still not over after this much is cut there; the caller asked for few lines, so these are very long.</summary>
    private const long MaxRead = 16 * 1024 * 1024;
    private readonly byte[] _ring;
    private long _written;

    private LogTail(int capacity) => _ring = new byte[capacity];

    /// <param name="capacity">Bytes to keep.</param>
    public static async ValueTask<LogExcerpt> ReadAsync(Stream stream, int capacity, CancellationToken cancellationToken)
    {
        var tail = new LogTail(capacity);
        var buffer = new byte[8192];
        int read;
        while (tail._written < MaxRead && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            tail.Append(buffer.AsSpan(0, read));
        }

        return tail.ToExcerpt();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var at = (int)(_written % _ring.Length);
            var take = Math.Min(bytes.Length, _ring.Length - at);
            bytes[..take].CopyTo(_ring.AsSpan(at));
            _written += take;
            bytes = bytes[take..];
        }
    }

    private LogExcerpt ToExcerpt()
    {
        var isCut = _written > _ring.Length;
        var bytes = new byte[Math.Min(_written, _ring.Length)];
        var start = isCut ? (int)(_written % _ring.Length) : 0;
        _ring.AsSpan(start, Math.Min(bytes.Length, _ring.Length - start)).CopyTo(bytes);
        if (isCut)
        {
            _ring.AsSpan(0, start).CopyTo(bytes.AsSpan(_ring.Length - start));
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (isCut && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var firstBreak && firstBreak < text.Length - 1)
        {
            text = text[(firstBreak + 1)..];
        }

        var lines = text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        return new LogExcerpt(lines, isCut);
    }
}

/// <summary>The end of a log.</summary>
/// <param name="IsCut">Whether earlier bytes of what was asked for were dropped.</param>
internal sealed record LogExcerpt(IReadOnlyList<string> Lines, bool IsCut);
