using System.Text;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Inspection.Logs;

/// <summary>
/// Reads a log of any length through a small buffer and keeps its end: at most <c>capacity</c> bytes of whole lines. Memory does not grow with the log.
/// </summary>
internal sealed class LogTail
{
    /// <summary>A log that is still not over after this much is cut there; the caller asked for few lines, so these are very long.</summary>
    private const long MaxRead = 16 * 1024 * 1024;

    /// <summary>Bytes before the kept end that are searched for credentials with it. A value whose name stands before the cut is not recognised without them.</summary>
    private const int Context = 4 * 1024;

    private static readonly CredentialDetector Detector = new();

    private readonly int _capacity;
    private readonly byte[] _ring;
    private long _written;

    private LogTail(int capacity)
    {
        _capacity = capacity;
        _ring = new byte[capacity + Context];
    }

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
        var bytes = Held();
        if (_written <= _capacity)
        {
            return new LogExcerpt(Lines(Encoding.UTF8.GetString(bytes)), IsCut: false);
        }

        var head = bytes.Length - _capacity;
        while (head < bytes.Length && (bytes[head] & 0xC0) == 0x80)
        {
            // The middle of a character of several bytes.
            head++;
        }

        var text = Encoding.UTF8.GetString(bytes);
        var start = Encoding.UTF8.GetCharCount(bytes, 0, head);
        var lineBreak = text.IndexOf('\n', start);
        if (lineBreak >= 0 && lineBreak < text.Length - 1)
        {
            start = lineBreak + 1;
        }

        return new LogExcerpt(Lines(RedactedFrom(text, start)), IsCut: true);
    }

    private byte[] Held()
    {
        var bytes = new byte[Math.Min(_written, _ring.Length)];
        var start = _written > _ring.Length ? (int)(_written % _ring.Length) : 0;
        var first = Math.Min(bytes.Length, _ring.Length - start);
        _ring.AsSpan(start, first).CopyTo(bytes);
        _ring.AsSpan(0, bytes.Length - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    /// <summary>The text from a place on, without the credentials that are seen when all of it is looked at.</summary>
    private static string RedactedFrom(string text, int start)
    {
        var spans = Detector.Find(text).Where(span => span.End > start)
            .Select(span => span.Start >= start ? span with { Start = span.Start - start } : span with { Start = 0, Length = span.End - start });
        return CredentialDetector.Redact(text[start..], [.. spans]);
    }

    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))];
}

/// <summary>The end of a log.</summary>
/// <param name="IsCut">Whether earlier bytes of what was asked for were dropped.</param>
internal sealed record LogExcerpt(IReadOnlyList<string> Lines, bool IsCut);
