using System.Text;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>Turns offsets in UTF-8 into line, column and offset in UTF-16. Quick when offsets rise from call to call; right in any order.</summary>
internal sealed class LineMap
{
    private readonly byte[] _utf8;
    private readonly List<int> _lineStarts = [0];
    private readonly List<int> _lineIndexes = [0];
    private int _lastByte;
    private int _lastIndex;

    public LineMap(byte[] utf8)
    {
        _utf8 = utf8;
        for (var i = utf8.AsSpan().IndexOf((byte)'\n'); i >= 0 && i < utf8.Length; i = NextLineFeed(i + 1))
        {
            _lineIndexes.Add(Index(i + 1));
            _lineStarts.Add(i + 1);
        }
    }

    public (TextPosition Position, int Index) At(long offset)
    {
        var at = (int)Math.Clamp(offset, 0, _utf8.Length);
        var line = _lineStarts.BinarySearch(at);
        line = line >= 0 ? line : ~line - 1;
        var index = Index(at);
        return (new TextPosition(line + 1, index - _lineIndexes[line] + 1), index);
    }

    /// <summary>From the zero-based line and byte that a <see cref="System.Text.Json.JsonException"/> names.</summary>
    public TextPosition At(long line, long byteInLine) =>
        At(_lineStarts[(int)Math.Clamp(line, 0, _lineStarts.Count - 1)] + byteInLine).Position;

    private int NextLineFeed(int from)
    {
        var next = _utf8.AsSpan(from).IndexOf((byte)'\n');
        return next < 0 ? -1 : from + next;
    }

    private int Index(int at)
    {
        if (at < _lastByte)
        {
            (_lastByte, _lastIndex) = (0, 0);
        }

        _lastIndex += Encoding.UTF8.GetCharCount(_utf8.AsSpan(_lastByte..at));
        _lastByte = at;
        return _lastIndex;
    }
}
