using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>
/// Who is signed in, by cookie. In memory: a restart signs everyone out of the issuer, not out of their clients. Cookies ignore ports,
/// so the path keeps this one from most of what other local servers are asked.
/// </summary>
internal sealed class BrowserSessions(IssuerOptions options, UserDirectory users, TimeProvider time)
{
    public const string CookieName = "infragate-dev-issuer-session";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BrowserSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Always a new cookie value, so that one planted before the sign-in is worth nothing (session fixation).</summary>
    public BrowserSession Start(HttpContext context, DevUser user)
    {
        End(context);
        var now = time.GetUtcNow();
        var session = new BrowserSession(RandomToken.CreateId(), user.UserName, now, now + options.SessionLifetime);
        var cookie = RandomToken.Create();
        lock (_gate)
        {
            foreach (var (hash, _) in _sessions.Where(entry => entry.Value.ExpiresAt <= now).ToList())
            {
                _sessions.Remove(hash);
            }

            _sessions.Add(ClientSecret.Hash(cookie), session);
        }

        context.Response.Cookies.Append(CookieName, cookie, CookieSettings(SameSiteMode.Lax));
        return session;
    }

    public BrowserSession? Find(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        lock (_gate)
        {
            var session = _sessions.GetValueOrDefault(ClientSecret.Hash(cookie));
            return session is not null && session.ExpiresAt > time.GetUtcNow() && users.Find(session.Subject) is not null ? session : null;
        }
    }

    public void End(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is { Length: > 0 } cookie)
        {
            lock (_gate)
            {
                _sessions.Remove(ClientSecret.Hash(cookie));
            }

            context.Response.Cookies.Delete(CookieName, CookieSettings(SameSiteMode.Lax));
        }
    }

    /// <summary>Ends the session that an ID token names, wherever its browser is.</summary>
    public void End(string sessionId)
    {
        lock (_gate)
        {
            foreach (var (hash, _) in _sessions.Where(entry => string.Equals(entry.Value.Id, sessionId, StringComparison.Ordinal)).ToList())
            {
                _sessions.Remove(hash);
            }
        }
    }

    internal static CookieOptions CookieSettings(SameSiteMode sameSite) => new()
    {
        HttpOnly = true,
        SameSite = sameSite,
        Path = AuthorizeEndpoint.Path,
        IsEssential = true,
    };
}
