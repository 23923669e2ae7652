namespace InfraGate.Plans.Redaction.Hidden;

/// <summary>Terminal escape sequences in their 7-bit and 8-bit forms (ECMA-48, section 5).</summary>
internal static class EscapeSequence
{
    private const int LongestParameters = 64;
    private const int LongestString = 2048;

    /// <summary>The length of the sequence that a text starts with; 0 if it starts with none.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('\e' or (>= '\u0080' and <= '\u009F')))
        {
            return 0;
        }

        var introducer = text[0] == '\e' ? 2 : 1;
        if (text.Length < introducer)
        {
            return 0;
        }

        var function = introducer == 2 ? text[1] : (char)(text[0] - 0x40);
        return function switch
        {
            '[' => ControlSequence(text, introducer),
            ']' or 'P' or 'X' or '^' or '_' => ControlString(text, introducer),
            >= ' ' and <= '~' when introducer == 2 => Short(text),
            _ => 0,
        };
    }

    private static int ControlSequence(ReadOnlySpan<char> text, int introducer)
    {
        var position = introducer;
        var limit = Math.Min(text.Length, introducer + LongestParameters);
        while (position < limit && text[position] is >= ' ' and <= '?')
        {
            position++;
        }

        return position < limit && text[position] is >= '@' and <= '~' ? position + 1 : introducer;
    }

    // Without its terminator a string is left standing, so that nothing can be hidden behind an unclosed introducer.
    private static int ControlString(ReadOnlySpan<char> text, int introducer)
    {
        var body = text[introducer..Math.Min(text.Length, introducer + LongestString)];
        var end = body.IndexOfAny('\a', '\e', '\u009C');
        if (end < 0 || body[..end].Contains('\n'))
        {
            return introducer;
        }

        var terminator = body[end] == '\e' ? 2 : 1;
        return terminator == 2 && (end + 1 >= body.Length || body[end + 1] != '\\') ? introducer : introducer + end + terminator;
    }

    private static int Short(ReadOnlySpan<char> text)
    {
        var position = 1;
        while (position < Math.Min(text.Length, 4) && text[position] is >= ' ' and <= '/')
        {
            position++;
        }

        return position < text.Length && text[position] is >= '0' and <= '~' ? position + 1 : position;
    }
}
