namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>Reads words: letters, digits, apostrophes and underscores.</summary>
internal static class Words
{
    private const int Longest = 48;

    private static readonly bool[] s_parts = [.. Enumerable.Range(0, 0x80).Select(code => char.IsAsciiLetterOrDigit((char)code) || (char)code is '_' or '\'')];

    /// <summary>Whether a character belongs to a word.</summary>
    public static bool IsPart(char c) => c < 0x80 ? s_parts[c] : char.IsLetterOrDigit(c);

    /// <summary>Where the word that goes on at a place ends; a word is cut at 48 characters.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        var limit = Math.Min(text.Length, start + Longest);
        var end = start + 1;
        while (end < limit && IsPart(text[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Reads the words after a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to start.</param>
    /// <param name="reach">How many characters to read at most.</param>
    /// <param name="words">Takes the words.</param>
    /// <returns>How many there are.</returns>
    public static int Read(ReadOnlySpan<char> text, int from, int reach, Span<(int Start, int End)> words)
    {
        var (count, position, limit) = (0, from, Math.Min(text.Length, from + reach));
        while (position < limit && count < words.Length)
        {
            if (!IsPart(text[position]))
            {
                position++;
                continue;
            }

            var end = End(text, position);
            words[count++] = (position, end);
            position = end;
        }

        return count;
    }

    /// <summary>The last word of a text, and what stands before it.</summary>
    public static Parts Last(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && !IsPart(text[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && IsPart(text[start - 1]))
        {
            start--;
        }

        return new Parts(text[start..end], text[..start]);
    }

    /// <summary>A word and what stands before it.</summary>
    public readonly ref struct Parts(ReadOnlySpan<char> word, ReadOnlySpan<char> before)
    {
        private readonly ReadOnlySpan<char> word = word;
        private readonly ReadOnlySpan<char> before = before;

        public void Deconstruct(out ReadOnlySpan<char> last, out ReadOnlySpan<char> rest)
        {
            last = word;
            rest = before;
        }
    }
}
