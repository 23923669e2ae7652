using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>Verifies ID tokens as OpenID Connect Core 1.0, section 3.1.3.7 asks, and makes the approver's identity from one.</summary>
internal sealed class IdTokenVerifier(IssuerConfiguration issuer, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> s_algorithms = new(StringComparer.Ordinal)
    {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    };

    /// <summary>The identity of the person.</summary>
    /// <exception cref="SignInRefusedException">The token is not one that this sign-in asked for.</exception>
    public async Task<ClaimsIdentity> VerifyAsync(string? idToken, string clientId, string? nonce, CancellationToken cancel)
    {
        var handler = new JwtSecurityTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = AccessTokenRules.MaxLength };
        if (idToken is null || nonce is null || Read(handler, idToken) is not { } token || !s_algorithms.Contains(token.Header.Alg ?? string.Empty))
        {
            throw new SignInRefusedException(SignInProblems.WrongIdToken);
        }

        var provider = await issuer.GetForAsync(token.Header.Kid, cancel);

        // A token that names a key is verified with that one alone; the handler would try every other.
        var keys = token.Header.Kid is { } named ? provider.SigningKeys.Where(key => key.KeyId == named) : provider.SigningKeys;
        Validate(handler, idToken, provider.Issuer, keys, clientId);
        if (!IsSame(token.Payload.Nonce, nonce) || !NamesParty(token, clientId) || Subject(token) is not { Length: > 0 } subject)
        {
            throw new SignInRefusedException(SignInProblems.WrongIdToken);
        }

        return ToIdentity(token, subject);
    }

    private static JwtSecurityToken? Read(JwtSecurityTokenHandler handler, string idToken)
    {
        try
        {
            return handler.ReadJwtToken(idToken);
        }
        catch (Exception unreadable) when (unreadable is SecurityTokenException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private void Validate(JwtSecurityTokenHandler handler, string idToken, string expectedIssuer, IEnumerable<SecurityKey> keys, string clientId)
    {
        try
        {
            handler.ValidateToken(
                idToken,
                new TokenValidationParameters
                {
                    ValidIssuer = expectedIssuer,
                    IssuerSigningKeys = keys,
                    RequireSignedTokens = true,
                    RequireExpirationTime = true,
                    ValidateIssuerSigningKey = true,
                    AudienceValidator = (audiences, _, _) => audiences.Contains(clientId, StringComparer.Ordinal),
                    LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
                },
                out _);
        }
        catch (Exception refused) when (refused is SecurityTokenException or ArgumentException)
        {
            throw new SignInRefusedException(SignInProblems.WrongIdToken);
        }
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + s_skew && (notBefore is not { } start || now >= start - s_skew);
    }

    /// <summary>With several audiences, the party that the token was issued to must be this client.</summary>
    private static bool NamesParty(JwtSecurityToken token, string clientId) =>
        token.Payload.Azp is { } party ? party == clientId : token.Audiences.Count() == 1;

    private static bool IsSame(string? left, string right) =>
        left is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private string? Subject(JwtSecurityToken token) => token.Claims.FirstOrDefault(claim => claim.Type == options.OAuth.SubjectClaim)?.Value;

    private ClaimsIdentity ToIdentity(JwtSecurityToken token, string subject)
    {
        var identity = new ClaimsIdentity(ApproverIdentity.Scheme, "sub", "groups");
        identity.AddClaim(new Claim("sub", subject));
        var name = token.Claims.FirstOrDefault(claim => claim.Type is "name")?.Value ?? token.Claims.FirstOrDefault(claim => claim.Type is "preferred_username" or "email")?.Value;
        identity.AddClaim(new Claim("name", name ?? subject));
        identity.AddClaims(token.Claims.Where(claim => claim.Type == options.OAuth.GroupsClaim).Select(claim => new Claim("groups", claim.Value)));
        return identity;
    }
}
