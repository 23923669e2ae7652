using System.Collections.Frozen;
using System.IdentityModel.Tokens.Jwt;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// What a JWT must be besides well signed, current and addressed to this resource: an access token (RFC 9068), signed asymmetrically (RFC 8725).
/// </summary>
internal static class AccessTokenRules
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaxLength = 16_384;

    private static readonly FrozenSet<string> s_algorithms =
        FrozenSet.Create(StringComparer.Ordinal, "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static readonly FrozenSet<string> s_types =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "at+jwt", "application/at+jwt", "JWT", "application/jwt");

    // Claims that only an ID token carries (OpenID Connect Core, sections 2 and 3.3.2.11).
    private static readonly string[] s_idTokenMarks = ["nonce", "at_hash", "c_hash", "s_hash"];

    /// <summary>Why the token is refused before its signature is looked at, or null.</summary>
    public static string? RefuseHeader(JwtSecurityToken token)
    {
        var header = token.Header;
        if (header.Alg is not { } algorithm || !s_algorithms.Contains(algorithm))
        {
            // alg=none, and HMAC keyed with the issuer's public key, end here.
            return "the signature algorithm is not accepted";
        }

        if (header.ContainsKey("crit"))
        {
            return "the token has critical extensions that are not understood";
        }

        return header.Typ is { } type && !s_types.Contains(type) ? "the token is not an access token" : null;
    }

    /// <summary>Why the token, although valid, is no access token for a caller, or null.</summary>
    public static string? RefuseClaims(JwtSecurityToken token, string subjectClaim)
    {
        if (string.IsNullOrWhiteSpace(First(token, subjectClaim)))
        {
            return "the token names no subject";
        }

        if (token.Header.Typ is { } type && type.EndsWith("at+jwt", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Keycloak says in a claim what RFC 9068 says in the header.
        var declared = token.Payload.TryGetValue("typ", out var value) ? value as string : null;
        var idToken = s_idTokenMarks.Any(token.Payload.ContainsKey) || (declared is not null && declared != "Bearer");
        return idToken ? "the token is an ID token, not an access token" : null;
    }

    /// <summary>The caller that a valid access token speaks for.</summary>
    public static Caller ToCaller(JwtSecurityToken token, string subjectClaim, string groupsClaim) => new()
    {
        Subject = First(token, subjectClaim)!,
        Name = First(token, "name", "preferred_username", "email") ?? First(token, subjectClaim)!,
        Client = First(token, "client_id", "azp", "appid", "cid") ?? "unknown",
        ClientName = First(token, "client_name"),
        Groups = [.. token.Claims.Where(claim => claim.Type == groupsClaim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal)],
        Scopes = [.. token.Claims.Where(claim => claim.Type is "scope" or "scp")
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(ToolScopes.IsKnown).Distinct(StringComparer.Ordinal)],
        Namespaces = null,
    };

    private static string? First(JwtSecurityToken token, params ReadOnlySpan<string> claims)
    {
        foreach (var name in claims)
        {
            if (token.Claims.FirstOrDefault(claim => claim.Type == name)?.Value is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
