using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>
/// The pages that are open. A form is accepted only with the random id that its page was given and from the browser that was given it
/// (a SameSite=Strict cookie), so no other site can post it (CSRF), and nobody can be signed in to an attacker's request.
/// </summary>
internal sealed class Interactions(TimeProvider time)
{
    public const string CookieName = "infragate-dev-issuer-browser";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Interaction> _open = new(StringComparer.Ordinal);

    public Interaction Begin(HttpContext context, AuthorizationRequest request)
    {
        if (context.Request.Cookies[CookieName] is not { Length: 43 } browser)
        {
            browser = RandomToken.Create();
            context.Response.Cookies.Append(CookieName, browser, BrowserSessions.CookieSettings(SameSiteMode.Strict));
        }

        var now = time.GetUtcNow();
        var interaction = new Interaction(RandomToken.Create(), ClientSecret.Hash(browser), request, now + Lifetime);
        lock (_gate)
        {
            foreach (var (id, _) in _open.Where(entry => entry.Value.ExpiresAt <= now).ToList())
            {
                _open.Remove(id);
            }

            if (_open.Count >= Capacity)
            {
                _open.Remove(_open.MinBy(entry => entry.Value.ExpiresAt).Key);
            }

            _open.Add(interaction.Id, interaction);
        }

        return interaction;
    }

    /// <summary>The interaction when it is open and belongs to the browser that asks.</summary>
    public Interaction? Find(HttpContext context, string? id)
    {
        if (id is null || context.Request.Cookies[CookieName] is not { Length: > 0 } browser)
        {
            return null;
        }

        lock (_gate)
        {
            return _open.TryGetValue(id, out var interaction) && interaction.ExpiresAt > time.GetUtcNow() && ClientSecret.Matches(interaction.BrowserHash, browser)
                ? interaction
                : null;
        }
    }

    /// <summary>Closes it; false when another request already did, so that one page gives at most one code.</summary>
    public bool TryClose(Interaction interaction)
    {
        lock (_gate)
        {
            return _open.Remove(interaction.Id);
        }
    }
}
