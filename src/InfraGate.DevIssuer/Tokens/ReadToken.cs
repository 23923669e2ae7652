using InfraGate.DevIssuer.Clients;
using Microsoft.IdentityModel.JsonWebTokens;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>A verified token of this issuer.</summary>
internal sealed class ReadToken(JsonWebToken jwt)
{
    public string Subject => jwt.Subject;

    public string Audience => jwt.Audiences.First();

    public string TokenId => jwt.Id ?? string.Empty;

    public string? GrantId => Claim(JwtIssuer.GrantClaim);

    public string? ClientId => Claim("client_id");

    public string? SessionId => Claim("sid");

    public string? Name => Claim("name");

    public ScopeSet Scope => ScopeSet.Parse(Claim("scope") ?? string.Empty);

    public IReadOnlyList<string> Groups => [.. jwt.Claims.Where(claim => claim.Type is "groups").Select(claim => claim.Value)];

    public DateTimeOffset IssuedAt => new(jwt.IssuedAt, TimeSpan.Zero);

    public DateTimeOffset ExpiresAt => new(jwt.ValidTo, TimeSpan.Zero);

    private string? Claim(string name) => jwt.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
