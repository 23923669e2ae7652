namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The password in the user part of a URL (RFC 3986, section 3.2.1): <c>postgres://app:…@db/orders</c>.</summary>
internal sealed class UrlPasswordRule() : CredentialRule("://")
{
    private const int LongestUserPart = 512;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var start = at + 3;
        var window = text[start..Math.Min(text.Length, start + LongestUserPart)];
        var stop = window.IndexOfAny(CharacterSets.WordEnd);
        window = stop < 0 ? window : window[..stop];
        var nested = window.IndexOf("://", StringComparison.Ordinal);
        window = nested < 0 ? window : window[..nested];
        var userEnd = window.IndexOfAny(CharacterSets.UserNameEnd);
        if (userEnd < 0 || window[userEnd] != ':')
        {
            return start;
        }

        var password = window[(userEnd + 1)..];
        var end = PasswordLength(password);
        if (end <= 0 || IsPort(password[..end]) || Naming.SecretValue.IsPlaceholder(password[..end], isPassword: false) && IsPlainPlaceholder(password[..end]))
        {
            return start;
        }

        var from = start + userEnd + 1;
        found.Add(from, from + end, IsWeb(text, at) ? CredentialKind.UrlPassword : CredentialKind.ConnectionString);
        return from + end;
    }

    // A password may itself hold an @ or a slash that nobody escaped; the last @ before the path is the one that ends it.
    private static int PasswordLength(ReadOnlySpan<char> password)
    {
        var slash = password.IndexOfAny("/?#");
        var beforePath = slash < 0 ? password : password[..slash];
        var at = beforePath.LastIndexOf('@');
        return at > 0 ? at : password.LastIndexOf('@');
    }

    // http://host:8080/users/@me
    private static bool IsPort(ReadOnlySpan<char> password)
    {
        var slash = password.IndexOfAny("/?#");
        return slash >= 0 && !password[..slash].ContainsAnyExcept(CharacterSets.Digit);
    }

    private static bool IsPlainPlaceholder(ReadOnlySpan<char> password) =>
        password[0] is '<' or '$' or '{' or '*' or '[' or '%' or 'x' or 'X' || password.Length < 2;

    private static bool IsWeb(ReadOnlySpan<char> text, int at) =>
        text[Math.Max(0, at - 5)..at].EndsWith("http", StringComparison.OrdinalIgnoreCase) || text[Math.Max(0, at - 5)..at].EndsWith("https", StringComparison.OrdinalIgnoreCase);
}
