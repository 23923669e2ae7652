using System.Buffers;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The values of <c>Cookie</c> and <c>Set-Cookie</c> (RFC 6265), in headers, header maps and JSON.</summary>
internal sealed class CookieRule() : CredentialRule("cookie")
{
    private const int LongestPairName = 80;

    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\"'`\\:=[({,");
    private static readonly SearchValues<char> HeaderEnd = SearchValues.Create("\r\n\"'`]}");

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var nameEnd = at + "cookie".Length;
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return nameEnd;
        }

        var ahead = text[nameEnd..Math.Min(text.Length, nameEnd + 16)];
        var gap = ahead.IndexOfAnyExcept(Between);
        if (gap <= 0 || !ahead[..gap].ContainsAny(':', '='))
        {
            return nameEnd;
        }

        // Only name=value makes it a cookie; "cookie: disabled" is a setting.
        var start = nameEnd + gap;
        var pair = text[start..Math.Min(text.Length, start + LongestPairName)];
        var equals = pair.IndexOfAny(" =;");
        if (equals <= 0 || pair[equals] != '=')
        {
            return nameEnd;
        }

        var length = text[start..].IndexOfAny(HeaderEnd);
        var end = length < 0 ? text.Length : start + length;
        if (Naming.SecretValue.IsPlaceholder(text[(start + equals + 1)..end], isPassword: false))
        {
            return nameEnd;
        }

        found.Add(start, end, CredentialKind.Cookie);
        return end;
    }
}
