using System.Buffers;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>A run of an alphabet that a line break may have cut, as terminals, mail and YAML folding do.</summary>
internal static class WrappedRun
{
    private const int MostBreaks = 4;
    private const int WidestIndent = 32;

    /// <summary>Finds where a run ends; it is followed over line breaks only as long as it is shorter than the form demands.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the run starts.</param>
    /// <param name="alphabet">What it is made of.</param>
    /// <param name="shortest">How long it must be before a line break ends it.</param>
    /// <param name="length">How many characters of the alphabet it has.</param>
    public static int End(ReadOnlySpan<char> text, int start, SearchValues<char> alphabet, int shortest, out int length)
    {
        var end = RunEnd(text, start, alphabet);
        length = end - start;
        for (var breaks = 0; breaks < MostBreaks && length > 0 && length < shortest; breaks++)
        {
            var next = AfterBreak(text, end);
            var nextEnd = next < 0 ? -1 : RunEnd(text, next, alphabet);
            if (nextEnd <= next)
            {
                break;
            }

            length += nextEnd - next;
            end = nextEnd;
        }

        return end;
    }

    /// <summary>Where the text goes on after a line break (real or escaped, with a continuation backslash and indent), or -1 if there is none.</summary>
    public static int AfterBreak(ReadOnlySpan<char> text, int position)
    {
        var start = position;
        var limit = Math.Min(text.Length, position + WidestIndent);
        var broken = false;
        while (position < limit)
        {
            if (text[position] == '\n')
            {
                broken = true;
            }
            else if (text[position] == '\\' && position + 1 < limit && text[position + 1] is 'n' or 'r')
            {
                broken = true;
                position++;
            }
            else if (text[position] is not (' ' or '\t' or '\r' or '\\'))
            {
                break;
            }

            position++;
        }

        return broken && position > start && position < text.Length ? position : -1;
    }

    private static int RunEnd(ReadOnlySpan<char> text, int start, SearchValues<char> alphabet)
    {
        var length = text[start..].IndexOfAnyExcept(alphabet);
        return length < 0 ? text.Length : start + length;
    }
}
