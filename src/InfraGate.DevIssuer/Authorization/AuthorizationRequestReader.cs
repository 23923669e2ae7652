using System.Globalization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.Tokens;
using Microsoft.Extensions.Primitives;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>Checks a request to <c>/authorize</c> (OAuth 2.1, section 4.1.1): first who is asking and where the answer would go, then the rest.</summary>
internal sealed class AuthorizationRequestReader(ClientDirectory clients, IssuerOptions options, IssuerAddress address)
{
    private const int MaximumValueLength = 2_000;

    public async Task<AuthorizationRequest> ReadAsync(HttpRequest request)
    {
        var parameters = await ReadParametersAsync(request);
        var client = await FindClientAsync(parameters, request.HttpContext.RequestAborted);
        var redirectUri = One(parameters, "redirect_uri") ?? throw new AuthorizationRefusal("invalid_request", "The request does not say where to return to (redirect_uri).");
        if (!client.MayRedirectTo(redirectUri))
        {
            throw new AuthorizationRefusal(
                "invalid_request", "The address to return to (redirect_uri) is not one that this client registered. Only the port and the loopback name may differ.");
        }

        var state = One(parameters, "state");
        try
        {
            return ReadRest([.. parameters.Select(ResourceIndicator.NamedOnce)], client, redirectUri, state);
        }
        catch (OAuthError refused)
        {
            throw new AuthorizationRefusal(refused.Code, refused.Message, redirectUri, state);
        }
    }

    private async Task<Client> FindClientAsync(IEnumerable<KeyValuePair<string, StringValues>> parameters, CancellationToken cancellationToken)
    {
        var id = One(parameters, "client_id") ?? throw new AuthorizationRefusal("invalid_request", "The request does not name a client (client_id).");
        var client = await clients.FindAsync(id, cancellationToken);
        return client is not null && client.MayUse(GrantType.AuthorizationCode)
            ? client
            : throw new AuthorizationRefusal(
                "invalid_client", "This issuer does not know the client that sent you here. Sign out in that client and sign in again, so that it registers anew.");
    }

    private AuthorizationRequest ReadRest(IReadOnlyList<KeyValuePair<string, StringValues>> parameters, Client client, string redirectUri, string? state)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Value.Count > 1) is { Key: { } repeated })
        {
            throw repeated is "resource"
                ? OAuthError.InvalidTarget("This issuer makes a token for one resource at a time.")
                : OAuthError.InvalidRequest("A parameter appears more than once.");
        }

        RequireCodeFlow(parameters);
        var scope = ReadScope(One(parameters, "scope"), client);
        return new AuthorizationRequest
        {
            Client = client,
            RedirectUri = redirectUri,
            State = state,
            Scope = scope,
            Resource = ReadResource(One(parameters, "resource"), scope),
            CodeChallenge = One(parameters, "code_challenge")!,
            Nonce = One(parameters, "nonce"),
            Prompt = ReadPrompt(One(parameters, "prompt")),
            MaxAge = ReadMaxAge(One(parameters, "max_age")),
            LoginHint = One(parameters, "login_hint"),
        };
    }

    private static void RequireCodeFlow(IReadOnlyList<KeyValuePair<string, StringValues>> parameters)
    {
        if (One(parameters, "request") is not null)
        {
            throw new OAuthError("request_not_supported", "Request objects are not supported.");
        }

        if (One(parameters, "request_uri") is not null)
        {
            throw new OAuthError("request_uri_not_supported", "Request objects are not supported.");
        }

        if (One(parameters, "response_type") is not "code")
        {
            throw new OAuthError("unsupported_response_type", "Only response_type=code is supported.");
        }

        if (One(parameters, "response_mode") is not (null or "query"))
        {
            throw OAuthError.InvalidRequest("Only response_mode=query is supported.");
        }

        // A missing method means plain (RFC 7636, section 4.3), so it is refused like plain.
        if (One(parameters, "code_challenge") is not { } challenge || !Pkce.IsChallenge(challenge) || One(parameters, "code_challenge_method") is not Pkce.Method)
        {
            throw OAuthError.InvalidRequest("PKCE is required: a code_challenge with code_challenge_method=S256.");
        }
    }

    private static ScopeSet ReadScope(string? asked, Client client)
    {
        var scope = asked is null ? client.Scope : client.Scope.Intersect(ScopeSet.Parse(asked));
        return scope.IsEmpty ? throw OAuthError.InvalidScope($"This client may ask for: {client.Scope}.") : scope;
    }

    /// <summary>A token without an mcp scope is only good for this issuer's own userinfo unless the client names something else.</summary>
    private string ReadResource(string? asked, ScopeSet scope)
    {
        if (asked is null)
        {
            return scope.OpensMcp ? options.DefaultResource : address.At(UserInfoEndpoint.Path);
        }

        return ResourceIndicator.IsValid(asked) ? asked : throw OAuthError.InvalidTarget("The resource must be an absolute http(s) URI without a fragment.");
    }

    private static PromptModes ReadPrompt(string? prompt)
    {
        var modes = PromptModes.None;
        foreach (var value in prompt?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            modes |= value switch
            {
                "none" => PromptModes.Silent,
                "login" or "select_account" => PromptModes.SignIn,
                "consent" => PromptModes.Consent,
                _ => PromptModes.None,
            };
        }

        return modes.HasFlag(PromptModes.Silent) && modes != PromptModes.Silent ? throw OAuthError.InvalidRequest("prompt=none stands alone.") : modes;
    }

    private static TimeSpan? ReadMaxAge(string? seconds)
    {
        if (seconds is null)
        {
            return null;
        }

        return int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? TimeSpan.FromSeconds(value)
            : throw OAuthError.InvalidRequest("max_age is not a number of seconds.");
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, StringValues>>> ReadParametersAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return [.. request.Query];
        }

        if (!request.HasFormContentType)
        {
            throw new AuthorizationRefusal("invalid_request", "The request must be a GET, or a POST of a form.");
        }

        return [.. await request.ReadFormAsync(request.HttpContext.RequestAborted)];
    }

    private static string? One(IEnumerable<KeyValuePair<string, StringValues>> parameters, string name)
    {
        var values = parameters.FirstOrDefault(parameter => string.Equals(parameter.Key, name, StringComparison.Ordinal)).Value;
        return values.Count switch
        {
            0 => null,
            1 when values[0]!.Length <= MaximumValueLength => values[0]!.Length == 0 ? null : values[0],
            1 => throw new AuthorizationRefusal("invalid_request", $"The parameter {name} is longer than {MaximumValueLength} characters."),
            _ when name is "client_id" or "redirect_uri" => throw new AuthorizationRefusal("invalid_request", $"The parameter {name} appears more than once."),
            _ => values[0],
        };
    }
}
