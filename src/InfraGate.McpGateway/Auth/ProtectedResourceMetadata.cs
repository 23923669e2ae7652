using System.Text.Json.Serialization;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Auth;

/// <summary>The metadata of this protected resource (RFC 9728, section 2).</summary>
internal sealed record ProtectedResourceMetadata
{
    [JsonPropertyName("resource")]
    public required string Resource { get; init; }

    [JsonPropertyName("authorization_servers")]
    public required IReadOnlyList<string> AuthorizationServers { get; init; }

    [JsonPropertyName("scopes_supported")]
    public required IReadOnlyList<string> ScopesSupported { get; init; }

    [JsonPropertyName("bearer_methods_supported")]
    public IReadOnlyList<string> BearerMethodsSupported { get; } = ["header"];

    [JsonPropertyName("resource_name")]
    public string ResourceName { get; } = "InfraGate";
}

/// <summary>Serves the metadata at the root form and at the form that carries the resource's path; clients try both.</summary>
internal static class ProtectedResourceMetadataEndpoints
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Maps both forms. They need no authentication: they are how a client learns where to authenticate.</summary>
    public static void MapProtectedResourceMetadata(this IEndpointRouteBuilder endpoints)
    {
        foreach (var path in new[] { WellKnown, WellKnown + "/mcp" })
        {
            endpoints.MapGet(path, (HttpContext context, PublicAddress address, GatewayOptions options) =>
            {
                // Browser-based clients read discovery documents from their own origin; there is nothing secret in one.
                context.Response.Headers.AccessControlAllowOrigin = "*";
                return TypedResults.Json(new ProtectedResourceMetadata
                {
                    Resource = address.Resource.OriginalString,
                    AuthorizationServers = [options.OAuth.Authority.AbsoluteUri.TrimEnd('/')],
                    ScopesSupported = [.. options.OAuth.Scopes.Select(options.OAuth.Advertised)],
                });
            });
        }
    }
}
