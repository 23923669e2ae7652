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

    /// <summary>The end of a YAML block scalar: the last line that is indented at least as far as its first.</summary>
    public static int Block(ReadOnlySpan<char> text, int start)
    {
        var indent = start - 1 - text[..start].LastIndexOf('\n');
        var end = start;
        for (var line = start - indent; line < text.Length;)
        {
            var length = text[line..].IndexOf('\n');
            var next = length < 0 ? text.Length : line + length + 1;
            var content = text[line..next].TrimEnd();
            if (content.Length > 0 && content.IndexOfAnyExcept(' ', '\t') < indent)
            {
                break;
            }

            end = content.Length > 0 ? line + content.Length : end;
            line = next;
        }

        return end;
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
            if (EndsHere(text, start, position))
            {
                return position;
            }

            position++;
        }

        return text.Length;
    }

    private static readonly System.Buffers.SearchValues<char> Stops = System.Buffers.SearchValues.Create(" \t\r\n\"'`<>,;&)]}\\|");

    private static bool EndsHere(ReadOnlySpan<char> text, int start, int position)
    {
        var next = position + 1 < text.Length ? text[position + 1] : ' ';
        return text[position] switch
        {
            ',' or ';' or '&' => next is ' ' or '\t' or '\r' or '\n' or '"' or '\'' or ')' or ']' or '}' || StartsAssignment(text, position + 1),
            ')' => !char.IsAsciiLetterOrDigit(next) && !Opened(text[start..position], '('),
            ']' => !char.IsAsciiLetterOrDigit(next) && !Opened(text[start..position], '['),
            '}' => !char.IsAsciiLetterOrDigit(next) && !Opened(text[start..position], '{'),
            '\\' => next is 'n' or 'r' or 't' or '"' or '\'' or '\\' or 'u',
            _ => true,
        };
    }

    // Only the last stretch is looked at, so that a value full of brackets costs no more than any other.
    private static bool Opened(ReadOnlySpan<char> value, char bracket) => value[Math.Max(0, value.Length - LongestName)..].Contains(bracket);

    private static bool StartsAssignment(ReadOnlySpan<char> text, int position)
    {
        var ahead = text[position..Math.Min(text.Length, position + LongestName)];
        var length = ahead.IndexOfAnyExcept(CharacterSets.Name);
        return length > 0 && ahead[length] is '=' or ':';
    }
}
