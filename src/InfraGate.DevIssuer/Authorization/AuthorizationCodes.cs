using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.SignIn;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>The codes that are out. In memory only: one lives for a minute, and a restart merely asks the person to sign in again.</summary>
internal sealed partial class AuthorizationCodes(GrantStore grants, TimeProvider time, ILogger<AuthorizationCodes> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>How long a spent code is remembered, so that a late second use still ends the tokens of the first.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public string Issue(AuthorizationRequest request, BrowserSession session)
    {
        var now = time.GetUtcNow();
        var code = RandomToken.Create();
        var content = new AuthorizationCode
        {
            GrantId = RandomToken.CreateId(),
            ClientId = request.Client.Id,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Subject = session.Subject,
            Scope = request.Scope,
            Resource = request.Resource,
            Nonce = request.Nonce,
            SignedInAt = session.SignedInAt,
            SessionId = session.Id,
            ExpiresAt = now + Lifetime,
        };
        lock (_gate)
        {
            foreach (var (hash, _) in _entries.Where(entry => entry.Value.Code.ExpiresAt + Remembered < now).ToList())
            {
                _entries.Remove(hash);
            }

            _entries.Add(ClientSecret.Hash(code), new Entry(content));
        }

        return code;
    }

    /// <summary>
    /// Spends the code, whether or not <paramref name="begin"/> accepts what came with it. A second use revokes what the first one got
    /// (RFC 6749, section 4.1.2): one of the two was not the client.
    /// </summary>
    public AccessGrant Redeem(string code, Func<AuthorizationCode, AccessGrant> begin)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(ClientSecret.Hash(code), out var entry))
            {
                throw OAuthError.InvalidGrant("The authorization code is unknown or has expired. Sign in again.");
            }

            if (entry.Spent)
            {
                grants.Revoke(entry.Code.GrantId);
                UsedTwice(logger, entry.Code.ClientId, entry.Code.Subject);
                throw OAuthError.InvalidGrant("The authorization code was used before; the tokens it gave have been revoked. Sign in again.");
            }

            entry.Spent = true;
            return begin(entry.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An authorization code of client {ClientId} and user {Subject} was used twice; its tokens were revoked")]
    private static partial void UsedTwice(ILogger logger, string clientId, string subject);

    private sealed class Entry(AuthorizationCode code)
    {
        public AuthorizationCode Code { get; } = code;

        public bool Spent { get; set; }
    }
}
