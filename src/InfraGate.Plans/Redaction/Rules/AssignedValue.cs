using System.Runtime.InteropServices;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Where the value stands that is assigned to a name, and in what form.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AssignedValue(int Start, int End, bool Quoted, bool AfterColon, bool WholeLine, bool InConnectionString)
{
    private const int WidestGap = 64;

    public static AssignedValue None => default;

    public bool IsEmpty => End <= Start;

    /// <summary>Reads what is assigned to the name between two places; empty when nothing is.</summary>
    public static AssignedValue After(ReadOnlySpan<char> text, int nameStart, int nameEnd)
    {
        var position = SkipClosing(text, nameEnd, out var nameQuoted);
        position = SkipBlanks(text, position);
        if (position >= text.Length)
        {
            return None;
        }

        var isFlag = text[nameStart] == '-';
        var separator = Separator(text, nameStart, nameEnd, position, isFlag, nameQuoted, out var colon);
        if (separator < 0)
        {
            return None;
        }

        var start = SkipBlanks(text, separator);
        if (start < text.Length && text[start] is '|' or '>' && colon)
        {
            var block = BlockScalar(text, start);
            return block < 0 ? None : new(block, ValueEnd.Block(text, block), Quoted: false, colon, WholeLine: true, InConnectionString: false);
        }

        return Read(text, nameStart, start, colon, nameQuoted);
    }

    private static AssignedValue Read(ReadOnlySpan<char> text, int nameStart, int start, bool colon, bool nameQuoted)
    {
        start = SkipOpening(text, start, out var quote, out var escapes);
        if (start >= text.Length)
        {
            return None;
        }

        if (quote != '\0')
        {
            return new(start, ValueEnd.Quoted(text, start, quote, escapes), Quoted: true, colon, WholeLine: false, InConnectionString: false);
        }

        var inConnectionString = PreviousIs(text, nameStart, ';');
        if (inConnectionString && !colon)
        {
            return new(start, ValueEnd.ConnectionStringField(text, start), Quoted: false, colon, WholeLine: false, InConnectionString: true);
        }

        var wholeLine = !nameQuoted && StartsLine(text, nameStart);
        return wholeLine
            ? new(start, ValueEnd.Line(text, start, colon), Quoted: false, colon, WholeLine: true, InConnectionString: false)
            : new(start, ValueEnd.Word(text, start), Quoted: false, colon, WholeLine: false, InConnectionString: false);
    }

    private static int Separator(ReadOnlySpan<char> text, int nameStart, int nameEnd, int position, bool isFlag, bool nameQuoted, out bool colon)
    {
        colon = text[position] == ':';
        switch (text[position])
        {
            case ':' or '=':
                var length = position + 1 < text.Length && text[position + 1] is '=' or '>' ? 2 : 1;
                return position + length;
            case '>' when nameStart > 0 && text[nameStart - 1] == '<':
                return position + 1;
            case ',' when isFlag && (nameQuoted || JoinsWords(text, nameEnd, position)):
                return position + 1;
            case ' ' or '\t':
                return -1;
        }

        if (isFlag && !nameQuoted && position > nameEnd)
        {
            return text[position] == '-' ? -1 : position;
        }

        var pair = NameValuePair.ValueAfter(text, position, ref colon);
        return pair >= 0 ? pair : SpacedPassword.ValueAfter(text, nameStart, nameEnd, position);
    }

    // "args=--password,hunter2": words joined by commas. In a sentence a blank follows, in a list of flags another flag.
    private static bool JoinsWords(ReadOnlySpan<char> text, int nameEnd, int comma) =>
        comma == nameEnd && comma + 1 < text.Length && text[comma + 1] is not ('-' or ' ' or '\t' or '\r' or '\n');

    private static int SkipClosing(ReadOnlySpan<char> text, int position, out bool quoted)
    {
        var limit = Math.Min(text.Length, position + 8);
        quoted = false;
        while (position < limit && text[position] is '\\' or '"' or '\'' or '`' or ']')
        {
            quoted |= text[position] is '"' or '\'' or '`';
            position++;
        }

        return position;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int position)
    {
        var limit = Math.Min(text.Length, position + WidestGap);
        while (position < limit && text[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }

    private static int SkipOpening(ReadOnlySpan<char> text, int position, out char quote, out int escapes)
    {
        (quote, escapes) = ('\0', 0);
        if (position < text.Length && text[position] == '[')
        {
            position++;
        }

        var start = position;
        while (position < text.Length && position - start < 8 && text[position] == '\\')
        {
            position++;
        }

        if (position < text.Length && text[position] is '"' or '\'' or '`')
        {
            quote = text[position];
            escapes = position - start;
            return position + 1;
        }

        return start;
    }

    private static int BlockScalar(ReadOnlySpan<char> text, int position)
    {
        var rest = text[position..Math.Min(text.Length, position + WidestGap)];
        var line = rest.IndexOf('\n');
        return line > 0 && !rest[..line].ContainsAnyExcept(CharacterSets.BlockScalarHeader) ? SkipBlanks(text, position + line + 1) : -1;
    }

    private static bool StartsLine(ReadOnlySpan<char> text, int nameStart)
    {
        for (var i = nameStart - 1; i >= 0 && nameStart - i < WidestGap; i--)
        {
            switch (text[i])
            {
                case '\n':
                    return true;
                case ' ' or '\t' or '-':
                    continue;
                case 't' when i >= 5 && text[(i - 5)..(i + 1)].SequenceEqual("export"):
                    i -= 5;
                    continue;
                default:
                    return false;
            }
        }

        return nameStart < WidestGap;
    }

    private static bool PreviousIs(ReadOnlySpan<char> text, int nameStart, char expected)
    {
        // A name in a connection string may be of two words: "Account Key", "User Password".
        for (var i = nameStart - 1; i >= 0 && nameStart - i < 24; i--)
        {
            if (text[i] == expected)
            {
                return true;
            }

            if (!char.IsAsciiLetter(text[i]) && text[i] != ' ')
            {
                return false;
            }
        }

        return false;
    }
}
