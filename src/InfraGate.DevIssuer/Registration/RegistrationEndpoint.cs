using System.Text.Json;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.Registration;

/// <summary>
/// <c>POST /register</c> (RFC 7591), open to every program on this machine. What is registered gets tokens only through a person's
/// sign-in and consent: never the client credentials grant, never a redirect that leaves the machine.
/// </summary>
internal static class RegistrationEndpoint
{
    public const string Path = "/register";

    private static readonly string[] AuthMethods = ["none", "client_secret_basic", "client_secret_post"];

    public static void MapRegistration(this IEndpointRouteBuilder routes) => routes.MapPost(Path, RegisterAsync).AddEndpointFilter<OAuthErrorFilter>();

    private static async Task<IResult> RegisterAsync(HttpContext context, RegisteredClients clients, RegistrationThrottle throttle, TimeProvider time)
    {
        if (throttle.TryTake() is { } wait)
        {
            throw OAuthError.TooManyAttempts(wait);
        }

        var metadata = await ReadAsync(context.Request);
        var redirects = AcceptableRedirects(metadata.RedirectUris);
        var method = ReadAuthMethod(metadata.TokenEndpointAuthMethod);
        var secret = method is "none" ? null : RandomToken.Create();
        var client = new Client
        {
            Id = RandomToken.CreateId(),
            Name = Trimmed(metadata.ClientName) ?? "Unnamed program",
            Origin = ClientOrigin.Registered,
            SecretHash = secret is null ? null : ClientSecret.Hash(secret),
            RedirectUris = redirects,
            PostLogoutRedirectUris = [.. LoopbackRedirect.AcceptableOf(metadata.PostLogoutRedirectUris).Take(10)],
            Scope = ScopeSet.All,
            GrantTypes = ReadGrantTypes(metadata.GrantTypes),
            RegisteredAt = time.GetUtcNow(),
        };
        clients.Add(client);
        return Results.Json(RegistrationResponse.Of(client, secret, method, metadata.ApplicationType), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<ClientMetadata> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new OAuthError("invalid_client_metadata", "The request must be application/json.");
        }

        try
        {
            return await request.ReadFromJsonAsync<ClientMetadata>(request.HttpContext.RequestAborted) ?? throw new JsonException("null instead of an object.");
        }
        catch (JsonException malformed)
        {
            throw new OAuthError("invalid_client_metadata", $"The metadata cannot be read: {malformed.Message}");
        }
    }

    /// <summary>
    /// VS Code and Cursor register hosted and private-scheme redirects beside their loopback ones. Those are left out of the registration
    /// (RFC 7591, section 3.2.1, lets a server do so and the answer says it); with none left there is nothing to register.
    /// </summary>
    private static List<string> AcceptableRedirects(IReadOnlyList<string?>? asked)
    {
        List<string> acceptable = [.. LoopbackRedirect.AcceptableOf(asked).Distinct(StringComparer.Ordinal)];
        return acceptable.Count is > 0 and <= 20
            ? acceptable
            : throw new OAuthError("invalid_redirect_uri", "Between 1 and 20 redirect_uris on http://127.0.0.1, http://localhost or http://[::1] are needed (any port, no fragment).");
    }

    private static string ReadAuthMethod(string? asked)
    {
        var method = asked ?? "client_secret_basic";
        return AuthMethods.Contains(method, StringComparer.Ordinal)
            ? method
            : throw new OAuthError("invalid_client_metadata", $"token_endpoint_auth_method must be one of {string.Join(", ", AuthMethods)}.");
    }

    private static IReadOnlyList<string> ReadGrantTypes(IReadOnlyList<string?>? asked)
    {
        string[] offered = [GrantType.AuthorizationCode, GrantType.RefreshToken];
        IReadOnlyList<string> agreed = asked is null ? offered : [.. offered.Where(grant => asked.Contains(grant, StringComparer.Ordinal))];
        return agreed.Contains(GrantType.AuthorizationCode, StringComparer.Ordinal)
            ? agreed
            : throw new OAuthError("invalid_client_metadata", "grant_types must include authorization_code; a registered program gets tokens through a person's sign-in only.");
    }

    private static string? Trimmed(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim() is { Length: > 200 } longName ? longName[..200] : name.Trim();
}
