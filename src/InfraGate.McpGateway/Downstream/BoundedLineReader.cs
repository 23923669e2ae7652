using System.Text;

namespace InfraGate.McpGateway.Downstream;

/// <summary>Reads lines of text without ever holding more than so many characters of one; the rest of a longer line is read and forgotten.</summary>
internal sealed class BoundedLineReader(TextReader reader, int maxLength)
{
    private readonly char[] _buffer = new char[4096];
    private int _next;
    private int _filled;

    /// <summary>The next line, cut if need be and then ending in <c>…</c>; null at the end.</summary>
    public async ValueTask<string?> ReadAsync()
    {
        var line = new StringBuilder();
        var cut = false;
        while (true)
        {
            if (_next == _filled)
            {
                _filled = await reader.ReadAsync(_buffer);
                _next = 0;
                if (_filled == 0)
                {
                    return line.Length == 0 ? null : Finish(line, cut);
                }
            }

            var rest = _buffer.AsMemory(_next, _filled - _next);
            var end = rest.Span.IndexOf('\n');
            var part = end < 0 ? rest : rest[..end];
            var room = maxLength - line.Length;
            cut |= part.Length > room;
            line.Append(part[..Math.Min(part.Length, room)]);
            _next += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                return Finish(line, cut);
            }
        }
    }

    private static string Finish(StringBuilder line, bool cut) => cut ? line.Append('…').ToString() : line.ToString().TrimEnd('\r');
}
