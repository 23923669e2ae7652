namespace InfraGate.DevIssuer.Registration;

/// <summary>A client id that is the URL of the client's metadata (OAuth Client ID Metadata Document, section 3): https, or http on loopback.</summary>
internal sealed record ClientIdUrl
{
    private const int MaximumLength = 500;

    private ClientIdUrl(Uri uri, string text)
    {
        Uri = uri;
        Text = text;
    }

    public Uri Uri { get; }

    public string Text { get; }

    /// <summary>Refuses a URL without a path, with a query (which could make the issuer ask itself), fragment, user info, or dot segments.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ClientIdUrl? url)
    {
        url = text.Length <= MaximumLength
            && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme is "https" || (uri.Scheme is "http" && IsLoopbackName(uri)))
            && uri.AbsolutePath.Length > 1
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0
            && string.Equals(uri.AbsoluteUri, text, StringComparison.Ordinal)
                ? new ClientIdUrl(uri, text)
                : null;
        return url is not null;
    }

    public static bool IsLoopbackName(Uri uri) => uri.Host is "127.0.0.1" or "localhost" or "[::1]";
}
