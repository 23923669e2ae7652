using Microsoft.Extensions.Primitives;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>The <c>resource</c> parameter: what a token is for (RFC 8707). Becomes the audience as it was written.</summary>
internal static class ResourceIndicator
{
    private const int MaximumLength = 500;

    /// <summary>An absolute http or https URI without a fragment, in printable ASCII.</summary>
    public static bool IsValid(string resource) =>
        resource.Length <= MaximumLength
        && resource.All(character => character is > ' ' and < '\u007f')
        && Uri.TryCreate(resource, UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https")
        && !resource.Contains('#', StringComparison.Ordinal)
        && uri.UserInfo.Length == 0;

    /// <summary>A resource that is named several times in the same words, named once: Codex sends its <c>oauth_resource</c> beside the one that it found itself.</summary>
    public static KeyValuePair<string, StringValues> NamedOnce(KeyValuePair<string, StringValues> parameter) =>
        parameter.Key is "resource" && parameter.Value.Distinct(StringComparer.Ordinal).Count() == 1 ? new(parameter.Key, parameter.Value[0]) : parameter;
}
