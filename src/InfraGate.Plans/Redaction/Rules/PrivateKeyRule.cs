namespace InfraGate.Plans.Redaction.Rules;

/// <summary>
/// Private keys in PEM (RFC 7468) and PuTTY form: with real or escaped line breaks, indented, or cut off before their end.
/// A cut block is hidden up to the last line that can belong to it.
/// </summary>
internal sealed class PrivateKeyRule() : CredentialRule("PRIVATE KEY", "PuTTY-User-Key-File")
{
    private const int LongestLabel = 48;
    private const int ShortestBodyLine = 16;
    private const int LongestBodyLine = 8192;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var before = text[Math.Max(0, at - LongestLabel)..at];
        var begin = text[at] == 'P' && text[at..].StartsWith("PuTTY", StringComparison.Ordinal) ? before.Length : before.LastIndexOf("-----BEGIN", StringComparison.Ordinal);
        if (begin < 0)
        {
            return at + 1;
        }

        var label = text[at..Math.Min(text.Length, at + LongestLabel)];
        var dashes = label.IndexOf("-----", StringComparison.Ordinal);
        var body = dashes < 0 ? at + "PRIVATE KEY".Length : at + dashes + 5;
        var end = BodyEnd(text, body);
        found.Add(at - before.Length + begin, end, CredentialKind.PrivateKey);
        return end;
    }

    private static int BodyEnd(ReadOnlySpan<char> text, int position)
    {
        var end = position;
        while (position < text.Length)
        {
            position = SkipBetweenLines(text, position);
            var reach = Math.Min(text.Length, position + LongestBodyLine);
            var length = text[position..reach].IndexOfAny(LineEnds);
            var lineEnd = length < 0 ? reach : position + length;
            var line = text[position..lineEnd];
            if (line.StartsWith("-----END", StringComparison.Ordinal))
            {
                var close = line[8..].IndexOf("-----", StringComparison.Ordinal);
                return close < 0 ? lineEnd : position + 8 + close + 5;
            }

            if (!BelongsToKey(line))
            {
                var inside = line.IndexOf("-----END", StringComparison.Ordinal);
                return inside >= 0 ? Math.Min(lineEnd, position + inside + line[inside..].Length) : end;
            }

            end = position = lineEnd;
        }

        return end;
    }

    private static readonly System.Buffers.SearchValues<char> LineEnds = System.Buffers.SearchValues.Create("\r\n\\\"'`,<");

    private static int SkipBetweenLines(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (text[position] is ' ' or '\t' or '\r' or '\n' or '\\' or '"' or '\'' or ',' or '+' or '|' or '>'
            || position > 0 && text[position - 1] == '\\' && text[position] is 'n' or 'r' or 't'))
        {
            position++;
        }

        return position;
    }

    // Body lines, the last short one included, and the headers of encrypted keys (RFC 1421: "Proc-Type: 4,ENCRYPTED", "DEK-Info: …").
    private static bool BelongsToKey(ReadOnlySpan<char> line)
    {
        var content = line.TrimEnd().TrimEnd('=');
        if (content.IsEmpty)
        {
            return true;
        }

        if (line.StartsWith("Proc-Type", StringComparison.Ordinal) || line.StartsWith("DEK-Info", StringComparison.Ordinal) || line.StartsWith("ENCRYPTED", StringComparison.Ordinal)
            || line.StartsWith("Public-Lines", StringComparison.Ordinal) || line.StartsWith("Private-", StringComparison.Ordinal) || line.StartsWith("Encryption:", StringComparison.Ordinal)
            || line.StartsWith("Comment:", StringComparison.Ordinal) || line.StartsWith("ssh-", StringComparison.Ordinal))
        {
            return true;
        }

        var random = content.ContainsAny(CharacterSets.Digit) || content.ContainsAny('+', '/') || content.Length >= 48;
        return !content.ContainsAnyExcept(CharacterSets.AnyBase64) && (content.Length >= ShortestBodyLine || random || line.Length > content.Length);
    }
}
