using System.Text.RegularExpressions;

namespace InfraGate.DevIssuer.Clients;

/// <summary>
/// Redirect URIs of programs on this machine (RFC 8252, section 7.3): plain HTTP, a loopback name, any port.
/// The text is compared as it is, never after normalisation, so that no second reading of it can exist (open redirect).
/// </summary>
internal static partial class LoopbackRedirect
{
    private const int MaximumLength = 2_000;

    /// <summary>True for <c>http://</c> + <c>127.0.0.1</c>, <c>localhost</c> or <c>[::1]</c> + optional port + path and query, without user info or fragment.</summary>
    public static bool IsAcceptable(string? uri) => uri is not null && Split(uri) is not null;

    /// <summary>Those of a list from outside that are acceptable; such a list may be missing, and may hold <c>null</c> where its type says text.</summary>
    public static IEnumerable<string> AcceptableOf(IEnumerable<string?>? uris) => (uris ?? []).OfType<string>().Where(IsAcceptable);

    /// <summary>True when both are loopback redirects that differ at most in the port and in which loopback name they use.</summary>
    public static bool Matches(string registered, string presented) =>
        Split(registered) is { } known && Split(presented) is { } given && string.Equals(known.Tail, given.Tail, StringComparison.Ordinal);

    /// <summary>Host and port of an acceptable redirect, for the consent page and for the <c>form-action</c> of its policy.</summary>
    public static string Authority(string uri) => Split(uri)?.Authority ?? throw new ArgumentException("Not a loopback redirect.", nameof(uri));

    private static (string Authority, string Tail)? Split(string uri)
    {
        if (uri.Length > MaximumLength)
        {
            return null;
        }

        var match = Shape().Match(uri);
        if (!match.Success || (match.Groups["port"] is { Success: true } port && (int.Parse(port.Value) is < 1 or > 65_535)))
        {
            return null;
        }

        // "http://127.0.0.1" and "http://127.0.0.1/" are the same address; VS Code registers one and uses the other.
        var tail = match.Groups["tail"].Value;
        return (match.Groups["authority"].Value, tail.Length == 0 ? "/" : tail);
    }

    // Printable ASCII without '#', '\', '"', '<', '>': nothing that could end a header, a URL or an attribute.
    [GeneratedRegex(@"\Ahttp://(?<authority>(?:127\.0\.0\.1|localhost|\[::1\])(?::(?<port>[0-9]{1,5}))?)(?<tail>(?:/[!$-;=?-\[\]-~]*)?)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
