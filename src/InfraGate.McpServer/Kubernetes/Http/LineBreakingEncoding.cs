using System.Text;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>UTF-8 in which <see cref="Break"/> becomes the end of a header line, so that what follows it stands in a line of its own.</summary>
internal sealed class LineBreakingEncoding : Encoding
{
    /// <summary>A control character, which no name that is sent may hold and no API server takes: should it ever leave as it is, the request is refused.</summary>
    public const char Break = '\u001f';

    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(Broken(chars, index, count));

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        var text = Broken(chars, charIndex, charCount);
        return UTF8.GetBytes(text, 0, text.Length, bytes, byteIndex);
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => UTF8.GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => UTF8.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    /// <summary>A break takes two bytes, of the three that UTF-8 keeps for any character.</summary>
    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);

    private static string Broken(char[] chars, int index, int count) => new string(chars, index, count).Replace($"{Break}", "\r\n", StringComparison.Ordinal);
}
