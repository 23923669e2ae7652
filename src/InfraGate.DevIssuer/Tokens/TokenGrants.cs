using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>The three ways to a token.</summary>
internal sealed class TokenGrants(
    AuthorizationCodes codes, GrantStore grants, JwtIssuer jwt, UserDirectory users, IssuerOptions options, TimeProvider time)
{
    public TokenResponse RedeemCode(Client client, OAuthForm form)
    {
        var verifier = form.Require("code_verifier");
        var grant = codes.Redeem(form.Require("code"), code => Begin(code, client, form, verifier));
        return Answer(client, grant, grant.Scope);
    }

    public TokenResponse Refresh(Client client, OAuthForm form)
    {
        var token = form.Require("refresh_token");

        // Checked before the token is spent: a mistake in the request must not cost the client its sign-in.
        if (grants.FindByRefreshToken(token) is { } known && string.Equals(known.ClientId, client.Id, StringComparison.Ordinal))
        {
            RequireSameResource(form, known.Resource);
            RequireKnownUser(known.Subject);
            NarrowedScope(form, known.Scope);
        }

        var grant = grants.Redeem(token, client.Id);
        return Answer(client, grant, NarrowedScope(form, grant.Scope));
    }

    public TokenResponse ForClientItself(Client client, OAuthForm form)
    {
        if (client.IsPublic)
        {
            throw new OAuthError("unauthorized_client", "Only a client with a secret gets a token for itself.");
        }

        var resource = form["resource"] ?? options.DefaultResource;
        if (!ResourceIndicator.IsValid(resource))
        {
            throw OAuthError.InvalidTarget("The resource must be an absolute http(s) URI without a fragment.");
        }

        var scope = NarrowedScope(form, client.Scope);
        return new TokenResponse { AccessToken = jwt.WriteAccessToken(client, resource, scope), ExpiresIn = jwt.AccessTokenSeconds, Scope = scope.ToString() };
    }

    private AccessGrant Begin(AuthorizationCode code, Client client, OAuthForm form, string verifier)
    {
        var now = time.GetUtcNow();
        if (!string.Equals(code.ClientId, client.Id, StringComparison.Ordinal) || code.ExpiresAt <= now)
        {
            throw OAuthError.InvalidGrant("The authorization code is not valid for this client, or has expired.");
        }

        if (!string.Equals(form["redirect_uri"] ?? code.RedirectUri, code.RedirectUri, StringComparison.Ordinal))
        {
            throw OAuthError.InvalidGrant("The redirect_uri is not the one that the code was sent to.");
        }

        if (!Pkce.Matches(code.CodeChallenge, verifier))
        {
            throw OAuthError.InvalidGrant("The code_verifier does not match the code_challenge.");
        }

        RequireSameResource(form, code.Resource);
        var refreshable = client.MayUse(GrantType.RefreshToken);
        return grants.Begin(code.ToGrant(now + (refreshable ? options.RefreshTokenLifetime : options.AccessTokenLifetime)), refreshable);
    }

    private TokenResponse Answer(Client client, AccessGrant grant, ScopeSet scope)
    {
        var user = RequireKnownUser(grant.Subject);
        return new TokenResponse
        {
            AccessToken = jwt.WriteAccessToken(grant, client, user, scope),
            ExpiresIn = jwt.AccessTokenSeconds,
            Scope = scope.ToString(),
            RefreshToken = grant.RefreshKey is null ? null : RefreshToken.Write(grant),
            IdToken = scope.Contains(ScopeSet.OpenId) ? jwt.WriteIdToken(grant, user, scope) : null,
        };
    }

    /// <summary>The configuration may have changed since the sign-in: someone who was removed is out at the next refresh.</summary>
    private DevUser RequireKnownUser(string subject) => users.Find(subject) ?? throw OAuthError.InvalidGrant("This user no longer exists.");

    /// <summary>Codex omits <c>resource</c> when it refreshes; naming a different one would turn a token for one server into one for another.</summary>
    private static void RequireSameResource(OAuthForm form, string granted)
    {
        if (form["resource"] is { } asked && !string.Equals(asked, granted, StringComparison.Ordinal))
        {
            throw OAuthError.InvalidTarget("The resource differs from the one that was signed in for.");
        }
    }

    private static ScopeSet NarrowedScope(OAuthForm form, ScopeSet granted)
    {
        if (form["scope"] is not { } asked)
        {
            return granted;
        }

        var narrowed = granted.Intersect(ScopeSet.Parse(asked));
        return narrowed.IsEmpty ? throw OAuthError.InvalidScope("None of these scopes was granted.") : narrowed;
    }
}
