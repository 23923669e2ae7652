using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Keys;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.SignOut;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.Discovery;

/// <summary>The metadata in both well-known places, so that OAuth and OpenID clients find the same answer.</summary>
internal static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/oauth-authorization-server", Describe);
        routes.MapGet("/.well-known/openid-configuration", Describe);
    }

    private static IssuerMetadata Describe(IssuerAddress address) => new()
    {
        Issuer = address.Value,
        AuthorizationEndpoint = address.At(AuthorizeEndpoint.Path),
        TokenEndpoint = address.At(TokenEndpoint.Path),
        JwksUri = address.At(JwksEndpoint.Path),
        RegistrationEndpoint = address.At(RegistrationEndpoint.Path),
        RevocationEndpoint = address.At(RevocationEndpoint.Path),
        IntrospectionEndpoint = address.At(IntrospectionEndpoint.Path),
        UserInfoEndpoint = address.At(UserInfoEndpoint.Path),
        EndSessionEndpoint = address.At(EndSessionEndpoint.Path),
        Scopes = ScopeSet.All.Values,
        GrantTypes = GrantType.All,
    };
}
