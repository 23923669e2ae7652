namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The languages in which a password follows its keyword after a blank: SQL (<c>PASSWORD '…'</c>), redis.conf (<c>requirepass …</c>) and .netrc (<c>login … password …</c>).</summary>
internal static class SpacedPassword
{
    private const int NetrcReach = 96;

    /// <summary>Where the password starts, or -1.</summary>
    public static int ValueAfter(ReadOnlySpan<char> text, int nameStart, int nameEnd, int position)
    {
        if (position <= nameEnd || position >= text.Length || text[nameEnd] is not (' ' or '\t'))
        {
            return -1;
        }

        var name = text[nameStart..nameEnd];
        if (name.Equals("requirepass", StringComparison.OrdinalIgnoreCase) || name.Equals("masterauth", StringComparison.OrdinalIgnoreCase))
        {
            return position;
        }

        if (!name.Equals("password", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        var before = text[Math.Max(0, nameStart - NetrcReach)..nameStart];
        return text[position] == '\'' || IsNetrc(before) ? position : -1;
    }

    private static bool IsNetrc(ReadOnlySpan<char> before)
    {
        var login = before.LastIndexOf("login ", StringComparison.Ordinal);
        return login >= 0 && before[(login + 6)..].Trim().Length > 0 && !before[(login + 6)..].Trim().ContainsAny(" \t");
    }
}
