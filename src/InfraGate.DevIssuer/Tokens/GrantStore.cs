using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>The grants and the access tokens revoked one by one, kept in <c>grants.json</c>.</summary>
internal sealed partial class GrantStore
{
    private readonly IssuerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<GrantStore> _logger;
    private readonly StateFile<Document> _file;
    private readonly Lock _gate = new();
    private Document _document;

    public GrantStore(IssuerOptions options, StateFolder folder, TimeProvider time, ILogger<GrantStore> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _file = new StateFile<Document>(folder.FileNamed("grants.json"));
        _document = _file.Load();
    }

    /// <summary>Remembers a new grant; with <paramref name="refreshable"/> its first refresh token can be written.</summary>
    public AccessGrant Begin(AccessGrant grant, bool refreshable)
    {
        var begun = grant with { RefreshKey = refreshable ? RandomToken.Create() : null, RotatedAt = _time.GetUtcNow() };
        lock (_gate)
        {
            Put(begun);
        }

        return begun;
    }

    /// <summary>
    /// Exchanges a refresh token for its successor. The one rotated last is still answered for a short grace; anything older is a copy in
    /// wrong hands, and the whole family ends (OAuth 2.1, section 4.3.1).
    /// </summary>
    public AccessGrant Redeem(string token, string clientId)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var grant = FindGenuine(token, out var generation);
            if (grant is null || grant.Revoked || grant.ExpiresAt <= now || !string.Equals(grant.ClientId, clientId, StringComparison.Ordinal))
            {
                throw OAuthError.InvalidGrant("The refresh token is not valid for this client, or has expired or been revoked. Sign in again.");
            }

            if (generation == grant.Generation)
            {
                return Put(grant with { Generation = generation + 1, RotatedAt = now });
            }

            if (generation == grant.Generation - 1 && now - grant.RotatedAt < _options.RefreshGrace)
            {
                return grant;
            }

            Put(grant with { Revoked = true });
            Reused(grant.ClientId, grant.Subject);
            throw OAuthError.InvalidGrant("The refresh token was used before, so its whole family has been revoked. Sign in again.");
        }
    }

    /// <summary>The grant of a genuine refresh token of any generation, or null.</summary>
    public AccessGrant? FindByRefreshToken(string token)
    {
        lock (_gate)
        {
            return FindGenuine(token, out _);
        }
    }

    /// <summary>True when the token is the current one of a living grant.</summary>
    public bool IsCurrent(AccessGrant grant, string refreshToken) =>
        !grant.Revoked && grant.ExpiresAt > _time.GetUtcNow() && RefreshToken.IsGenuine(grant, grant.Generation, refreshToken);

    public void Revoke(string grantId)
    {
        lock (_gate)
        {
            if (_document.Grants.Find(grant => string.Equals(grant.Id, grantId, StringComparison.Ordinal)) is { Revoked: false } grant)
            {
                Put(grant with { Revoked = true });
            }
        }
    }

    public void RevokeAccessToken(string tokenId, DateTimeOffset expiresAt)
    {
        lock (_gate)
        {
            Save(_document with { RevokedTokens = [.. _document.RevokedTokens, new RevokedToken(tokenId, expiresAt)] });
        }
    }

    /// <summary>False once the token or the grant it came from was revoked, and for a grant this issuer does not know.</summary>
    public bool IsActive(string tokenId, string? grantId)
    {
        lock (_gate)
        {
            return !_document.RevokedTokens.Exists(token => string.Equals(token.Id, tokenId, StringComparison.Ordinal))
                && (grantId is null || _document.Grants.Exists(grant => string.Equals(grant.Id, grantId, StringComparison.Ordinal) && !grant.Revoked));
        }
    }

    private AccessGrant? FindGenuine(string token, out int generation) =>
        RefreshToken.TryRead(token, out var id, out generation)
        && _document.Grants.Find(grant => string.Equals(grant.Id, id, StringComparison.Ordinal)) is { } found
        && RefreshToken.IsGenuine(found, generation, token)
        && generation <= found.Generation
            ? found
            : null;

    private AccessGrant Put(AccessGrant grant)
    {
        Save(_document with { Grants = [.. _document.Grants.Where(other => !string.Equals(other.Id, grant.Id, StringComparison.Ordinal)), grant] });
        return grant;
    }

    /// <summary>On disk first: what cannot be stored has not happened.</summary>
    private void Save(Document changed)
    {
        var now = _time.GetUtcNow();
        var pruned = new Document
        {
            // A grant outlives its last access token, so that a revoked one is still known as such.
            Grants = [.. changed.Grants.Where(grant => grant.ExpiresAt + _options.AccessTokenLifetime > now)],
            RevokedTokens = [.. changed.RevokedTokens.Where(token => token.ExpiresAt > now)],
        };
        _file.Save(pruned);
        _document = pruned;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A spent refresh token of client {ClientId} and user {Subject} was used again; the family was revoked")]
    private partial void Reused(string clientId, string subject);

    internal sealed record Document
    {
        public List<AccessGrant> Grants { get; init; } = [];

        public List<RevokedToken> RevokedTokens { get; init; } = [];
    }

    internal sealed record RevokedToken(string Id, DateTimeOffset ExpiresAt);
}
