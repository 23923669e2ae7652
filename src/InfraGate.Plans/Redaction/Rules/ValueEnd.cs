namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Where values end, by the form they are written in. Where a form is ambiguous the longer reading wins: rather too much hidden than half a password shown.</summary>
internal static class ValueEnd
{
    private const int LongestName = 32;

    /// <summary>The end of a quoted value: its closing quote, with as many backslashes before it as before the opening one; else the end of the line.</summary>
    public static int Quoted(ReadOnlySpan<char> text, int start, char quote, int escapes)
    {
        var position = start;
        while (position < text.Length)
        {
            var next = text[position..].IndexOfAny(quote, '\n');
            if (next < 0)
            {
                return text.Length;
            }

            position += next;
            if (text[position] == '\n')
            {
                return position;
            }

            var backslashes = position - 1 - text[start..position].LastIndexOfAnyExcept('\\') - start;
            if (backslashes <= escapes)
            {
                return position - backslashes;
            }

            position++;
        }

        return text.Length;
    }

    /// <summary>The end of a connection string's field: the next semicolon, quote or line end.</summary>
    public static int ConnectionStringField(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAny(";\"'\r\n");
        return length < 0 ? text.Length : start + length;
    }

    /// <summary>The end of a value that has the rest of its line to itself: in YAML up to a comment, in an environment file up to a blank.</summary>
    public static int Line(ReadOnlySpan<char> text, int start, bool yaml)
    {
        var length = text[start..].IndexOfAny('\r', '\n');
        var end = length < 0 ? text.Length : start + length;
        var cut = yaml ? text[start..end].IndexOf(" #", StringComparison.Ordinal) : text[start..end].IndexOfAny(CharacterSets.WordEnd);
        end = cut < 0 ? end : start + cut;
        return start + text[start..end].TrimEnd().Length;
    }

    /// <summary>The end of a value in running text.</summary>
    public static int Word(ReadOnlySpan<char> text, int start)
    {
        var position = start;
        while (position < text.Length)
        {
            var next = text[position..].IndexOfAny(Stops);
            if (next < 0)
            {
                return text.Length;
            }

            position += next;
            if (EndsHere(text, position))
            {
                return position;
            }

            position++;
        }

        return text.Length;
    }

    private static readonly System.Buffers.SearchValues<char> Stops = System.Buffers.SearchValues.Create(" \t\r\n\"'`<>,;&)]}\\|");

    private static bool EndsHere(ReadOnlySpan<char> text, int position)
    {
        var next = position + 1 < text.Length ? text[position + 1] : ' ';
        return text[position] switch
        {
            ',' or ';' or '&' => next is ' ' or '\t' or '\r' or '\n' or '"' or '\'' or ')' or ']' or '}' || StartsAssignment(text, position + 1),
            ')' or ']' or '}' => !char.IsAsciiLetterOrDigit(next),
            '\\' => next is 'n' or 'r' or 't' or '"' or '\'' or '\\' or 'u',
            _ => true,
        };
    }

    private static bool StartsAssignment(ReadOnlySpan<char> text, int position)
    {
        var ahead = text[position..Math.Min(text.Length, position + LongestName)];
        var length = ahead.IndexOfAnyExcept(CharacterSets.Name);
        return length > 0 && ahead[length] is '=' or ':';
    }
}
