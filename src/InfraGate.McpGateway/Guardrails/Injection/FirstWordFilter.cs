namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>
/// Finds the words that can start a pattern. There are too many of them, and they are too common as parts of other words, for a search for texts to pay: this walks
/// from word to word and asks a table of the first two letters and the length, which lets one word in some hundreds pass.
/// </summary>
internal sealed class FirstWordFilter
{
    private const int LetterBits = 5;
    private const int LetterMask = (1 << LetterBits) - 1;
    private const int LongestLength = 31;

    // For each pair of letters a set of lengths, one bit each. Letters are taken by their low five bits, in which both cases are the same.
    private readonly uint[] _lengths = new uint[1 << (2 * LetterBits)];

    public FirstWordFilter(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            _lengths[Pair(word[0], word[1])] |= Length(word.Length);
        }
    }

    /// <summary>Finds the next word that may be one of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where to start; after it the end of the word that was found.</param>
    /// <returns>Where the word starts, or -1.</returns>
    public int Next(ReadOnlySpan<char> text, ref int position)
    {
        var i = position;
        while (true)
        {
            while (i < text.Length && !Words.IsPart(text[i]))
            {
                i++;
            }

            if (i + 1 >= text.Length)
            {
                position = text.Length;
                return -1;
            }

            var start = i;
            while (i < text.Length && Words.IsPart(text[i]))
            {
                i++;
            }

            if (i - start > 1 && (_lengths[Pair(text[start], text[start + 1])] & Length(i - start)) != 0)
            {
                position = i;
                return start;
            }
        }
    }

    private static int Pair(char first, char second) => ((first & LetterMask) << LetterBits) | (second & LetterMask);

    private static uint Length(int length) => 1u << Math.Min(length, LongestLength);
}
