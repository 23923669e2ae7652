using System.Buffers;
using InfraGate.Plans.Redaction.Naming;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>
/// The credentials of <c>Authorization</c> and <c>Proxy-Authorization</c> (RFC 9110, section 11.6) in headers, header maps of programming
/// languages and JSON, and <c>Bearer …</c>, <c>Basic …</c> in running text.
/// </summary>
internal sealed class AuthorizationRule() : CredentialRule("authorization", "bearer", "basic")
{
    private const int LongestScheme = 24;
    private const int ShortestLooseToken = 16;
    private const int DecisionWindow = 256;

    private static readonly SearchValues<char> Between = SearchValues.Create(" \t\"'`\\:=[({");
    private static readonly SearchValues<char> HeaderEnd = SearchValues.Create("\r\n]}");

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found) =>
        text[at] is 'a' or 'A' ? ExamineHeader(text, at, found) : ExamineScheme(text, at, found);

    private static int ExamineHeader(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var nameEnd = at + "authorization".Length;
        var ahead = text[nameEnd..Math.Min(text.Length, nameEnd + LongestScheme)];
        var gap = ahead.IndexOfAnyExcept(Between);
        if (gap <= 0 || !ahead[..gap].ContainsAny(':', '=', ',') || NameGoesOn(ahead))
        {
            return nameEnd;
        }

        var start = nameEnd + gap;
        var schemeLength = text[start..Math.Min(text.Length, start + LongestScheme)].IndexOfAnyExcept(CharacterSets.Name);
        var hasScheme = schemeLength > 0 && text[start + schemeLength] is ' ' or '\t' || text[start..].StartsWith("Bearer%20", StringComparison.OrdinalIgnoreCase);
        var scheme = hasScheme ? text.Slice(start, schemeLength) : default;
        var value = hasScheme ? start + schemeLength + 1 : start;
        var end = IsTokenScheme(scheme) ? TokenEnd(text, value) : HeaderValueEnd(text, value, QuoteAround(text, at, ahead[..gap]));
        var content = text[value..end];
        if (content.IsEmpty || SecretValue.IsPlaceholder(content, isPassword: false) || scheme.IsEmpty && Prose.Reads(text, new(value, end, Quoted: true, AfterColon: true, WholeLine: false, InConnectionString: false))
            || !scheme.IsEmpty && !IsKnownScheme(scheme) && !SecretValue.LooksRandom(content))
        {
            return value;
        }

        found.Add(value, end, KindOf(scheme));
        return end;
    }

    private static int ExamineScheme(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var isBasic = text[at + 1] is 'a' or 'A';
        var schemeEnd = at + (isBasic ? 5 : 6);
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) || schemeEnd >= text.Length || text[schemeEnd] is not (' ' or '\t' or ':' or '=' or '+' or '%' or '"' or '\n'))
        {
            return schemeEnd;
        }

        var start = schemeEnd + Math.Max(0, text[schemeEnd..Math.Min(text.Length, schemeEnd + 8)].IndexOfAnyExcept(CharacterSets.BeforeToken));
        start = text[start..].StartsWith("%20", StringComparison.Ordinal) ? start + 3 : start;
        var end = TokenEnd(text, start);
        var content = text[start..Math.Min(end, start + DecisionWindow)];
        var isCredential = isBasic ? BasicCredentials.Decodes(content) : content.Length >= ShortestLooseToken && LooksIssued(content);
        if (!isCredential)
        {
            return schemeEnd;
        }

        found.Add(start, end, isBasic ? CredentialKind.BasicAuth : CredentialKind.BearerToken);
        return end;
    }

    // "bearer authentication-provider" is words; an issued token has digits or both cases in it.
    private static bool LooksIssued(ReadOnlySpan<char> content)
    {
        var digits = content.ContainsAny(CharacterSets.Digit);
        var mixed = content.ContainsAnyInRange('a', 'z') && content.ContainsAnyInRange('A', 'Z');
        return (digits || mixed) && !SecretValue.IsPlaceholder(content, isPassword: false);
    }

    private static bool NameGoesOn(ReadOnlySpan<char> ahead) => ahead[0] is not (':' or '=' or '"' or '\'' or '\\' or ' ' or '`' or '\t');

    private static int TokenEnd(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExcept(CharacterSets.BearerToken);
        return length < 0 ? text.Length : start + length;
    }

    // Some schemes have quoted parameters: only the quote that the header itself stands in ends its value.
    private static char QuoteAround(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> gap)
    {
        var last = gap.LastIndexOfAny('"', '\'', '`');
        if (last >= 0)
        {
            return gap[last];
        }

        var from = Math.Max(0, at - LongestScheme);
        var before = from + text[from..at].LastIndexOfAnyExcept(CharacterSets.Name);
        return before >= from && text[before] is '"' or '\'' or '`' ? text[before] : '\n';
    }

    private static int HeaderValueEnd(ReadOnlySpan<char> text, int start, char quote)
    {
        var length = quote == '\n' ? text[start..].IndexOfAny(HeaderEnd) : text[start..].IndexOfAny('\r', '\n', quote);
        return length < 0 ? text.Length : start + length;
    }

    private static bool IsTokenScheme(ReadOnlySpan<char> scheme) => Is(scheme, "Bearer") || Is(scheme, "Basic") || Is(scheme, "Token") || Is(scheme, "Negotiate") || Is(scheme, "DPoP");

    private static bool IsKnownScheme(ReadOnlySpan<char> scheme) =>
        IsTokenScheme(scheme) || Is(scheme, "Digest") || Is(scheme, "ApiKey") || Is(scheme, "Key") || Is(scheme, "GenieKey") || Is(scheme, "SharedKey") || Is(scheme, "SharedAccessSignature")
        || Is(scheme, "NTLM") || Is(scheme, "OAuth") || Is(scheme, "Hawk") || scheme.StartsWith("AWS", StringComparison.Ordinal);

    private static CredentialKind KindOf(ReadOnlySpan<char> scheme) =>
        Is(scheme, "Bearer") ? CredentialKind.BearerToken : Is(scheme, "Basic") ? CredentialKind.BasicAuth : CredentialKind.Authorization;

    private static bool Is(ReadOnlySpan<char> scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);
}
