using System.Buffers;
using System.Globalization;

namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>Takes the escapes of URLs (<c>%3A</c>), of JSON and programming languages (<c>\u0022 \x3d \/</c>) and of HTML (<c>&amp;quot;</c>) off a text.</summary>
internal static class Escapes
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("%\\&");

    /// <summary>Where the next escape stands, or -1.</summary>
    public static int Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length)
        {
            var at = text[from..].IndexOfAny(Marks);
            if (at < 0)
            {
                return -1;
            }

            from += at;
            if (Read(text[from..], out _) > 0)
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    /// <summary>The text with its escapes taken off.</summary>
    public static MappedText Decode(string text)
    {
        var decoded = new MappedText(text.Length);
        var position = 0;
        while (Next(text, position) is var at && at >= 0)
        {
            decoded.Append(text, position, at);
            position = at + Read(text.AsSpan(at), out var character);
            decoded.Append(character, at);
        }

        decoded.Append(text, position, text.Length);
        return decoded;
    }

    // Only what stands for one ASCII character matters: separators, quotes, and the alphabets of credentials.
    private static int Read(ReadOnlySpan<char> text, out char character)
    {
        character = default;
        if (text.Length < 2)
        {
            return 0;
        }

        return (text[0], text[1]) switch
        {
            ('%', _) => Hex(text, 1, 2, out character),
            ('\\', 'u') => Hex(text, 2, 4, out character),
            ('\\', 'x') => Hex(text, 2, 2, out character),
            ('\\', '/') => Fixed('/', 2, out character),
            ('&', 'q') when text.StartsWith("&quot;", StringComparison.Ordinal) => Fixed('"', 6, out character),
            ('&', 'a') when text.StartsWith("&amp;", StringComparison.Ordinal) => Fixed('&', 5, out character),
            ('&', '#') when text.StartsWith("&#34;", StringComparison.Ordinal) => Fixed('"', 5, out character),
            ('&', '#') when text.StartsWith("&#39;", StringComparison.Ordinal) => Fixed('\'', 5, out character),
            _ => 0,
        };
    }

    private static int Fixed(char value, int length, out char character)
    {
        character = value;
        return length;
    }

    private static int Hex(ReadOnlySpan<char> text, int from, int digits, out char character)
    {
        character = default;
        if (text.Length < from + digits || !int.TryParse(text.Slice(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is 0 or > 0x7E)
        {
            return 0;
        }

        character = (char)value;
        return from + digits;
    }
}
