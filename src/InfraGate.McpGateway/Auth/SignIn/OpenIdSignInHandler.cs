using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>
/// OpenID Connect's authorization-code flow on the framework's OAuth handler, which brings state, correlation and PKCE. This adds what makes it OpenID Connect Core: the nonce, the
/// verified ID token, the issuer in the response (RFC 9207). It stands where <c>Microsoft.AspNetCore.Authentication.OpenIdConnect</c> would.
/// </summary>
internal sealed class OpenIdSignInHandler(
    IOptionsMonitor<OpenIdSignInOptions> monitor,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    GatewayOptions gateway,
    PublicAddress address,
    IssuerConfiguration issuer,
    IdTokenVerifier idTokens) : OAuthHandler<OpenIdSignInOptions>(monitor, loggers, encoder)
{
    private const string NonceKey = "infragate.nonce";
    private const int NonceBytes = 32;

    private OpenIdConnectConfiguration? _provider;

    private string RedirectUri => address.BaseUrl.AbsoluteUri.TrimEnd('/') + ApproverSignIn.CallbackPath;

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Cookies of the sign-in are bound to a host; the answer comes to the configured one. Start there.
        if (!string.Equals(Request.Host.Value, address.BaseUrl.Authority, StringComparison.OrdinalIgnoreCase))
        {
            Response.Redirect(address.BaseUrl.AbsoluteUri.TrimEnd('/') + LocalUrl.Of(Request));
            return;
        }

        try
        {
            _provider = await issuer.GetForAsync(keyId: null, Context.RequestAborted);
        }
        catch (IssuerUnavailableException)
        {
            Response.Redirect(SignInProblems.PageOf(SignInProblems.Unreachable));
            return;
        }

        await base.HandleChallengeAsync(properties);
    }

    /// <inheritdoc />
    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        properties.Items[NonceKey] = nonce;
        Options.AuthorizationEndpoint = gateway.Approval.AuthorizationEndpoint?.AbsoluteUri ?? _provider!.AuthorizationEndpoint
            ?? throw new IssuerUnavailableException("The issuer's metadata names no authorization endpoint.");
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, RedirectUri), "nonce", nonce);
    }

    /// <summary>Only scopes that the provider says it knows: some refuse a whole sign-in for one that they do not.</summary>
    protected override string FormatScope(IEnumerable<string> scopes) =>
        base.FormatScope(_provider is { ScopesSupported.Count: > 0 } provider ? scopes.Intersect(provider.ScopesSupported, StringComparer.Ordinal) : scopes);

    /// <inheritdoc />
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        _provider = await issuer.GetForAsync(keyId: null, Context.RequestAborted);
        var named = Request.Query["iss"];
        if (named.Count > 1 || (named.Count == 1 && named.ToString() != _provider.Issuer) || (named.Count == 0 && issuer.NamesItselfInResponses))
        {
            // Mix-up attack: an answer of another issuer must not reach this one's token endpoint.
            return HandleRequestResult.Fail(new SignInRefusedException(SignInProblems.WrongIssuer));
        }

        return await base.HandleRemoteAuthenticateAsync();
    }

    /// <inheritdoc />
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = RedirectUri,
            ["client_id"] = Options.ClientId,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier))
        {
            form[OAuthConstants.CodeVerifierKey] = verifier!;
        }

        if (gateway.Approval.ClientSecret is { } secret)
        {
            form["client_secret"] = secret;
        }

        var endpoint = gateway.Approval.TokenEndpoint?.AbsoluteUri ?? _provider!.TokenEndpoint;
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        if (!response.IsSuccessStatusCode)
        {
            return OAuthTokenResponse.Failed(new SignInRefusedException(SignInProblems.CodeRefused));
        }

        return OAuthTokenResponse.Success(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted)));
    }

    /// <inheritdoc />
    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var idToken = tokens.Response!.RootElement.TryGetProperty("id_token", out var value) ? value.GetString() : null;
        var person = await idTokens.VerifyAsync(idToken, Options.ClientId, properties.Items.TryGetValue(NonceKey, out var nonce) ? nonce : null, Context.RequestAborted);
        properties.Items.Remove(NonceKey);
        properties.StoreTokens([new AuthenticationToken { Name = "id_token", Value = idToken! }]);
        return new AuthenticationTicket(new ClaimsPrincipal(person), properties, Scheme.Name);
    }
}
