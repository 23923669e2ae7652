using System.Text.Json.Serialization;
using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Registration;

/// <summary>What was registered, which may be less than what was asked for (RFC 7591, section 3.2.1). The only time the secret is shown.</summary>
internal sealed record RegistrationResponse
{
    [JsonPropertyName("client_id")]
    public required string ClientId { get; init; }

    [JsonPropertyName("client_id_issued_at")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("client_secret")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecret { get; init; }

    [JsonPropertyName("client_secret_expires_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SecretExpiresAt { get; init; }

    [JsonPropertyName("client_name")]
    public required string Name { get; init; }

    [JsonPropertyName("redirect_uris")]
    public required IReadOnlyList<string> RedirectUris { get; init; }

    [JsonPropertyName("post_logout_redirect_uris")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PostLogoutRedirectUris { get; init; }

    [JsonPropertyName("grant_types")]
    public required IReadOnlyList<string> GrantTypes { get; init; }

    [JsonPropertyName("response_types")]
    public IReadOnlyList<string> ResponseTypes { get; init; } = ["code"];

    [JsonPropertyName("token_endpoint_auth_method")]
    public required string AuthMethod { get; init; }

    [JsonPropertyName("scope")]
    public required string Scope { get; init; }

    [JsonPropertyName("application_type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApplicationType { get; init; }

    public static RegistrationResponse Of(Client client, string? secret, string authMethod, string? applicationType) => new()
    {
        ClientId = client.Id,
        IssuedAt = client.RegisteredAt.ToUnixTimeSeconds(),
        ClientSecret = secret,
        SecretExpiresAt = secret is null ? null : 0,
        Name = client.Name,
        RedirectUris = client.RedirectUris,
        PostLogoutRedirectUris = client.PostLogoutRedirectUris.Count == 0 ? null : client.PostLogoutRedirectUris,
        GrantTypes = client.GrantTypes,
        AuthMethod = authMethod,
        Scope = client.Scope.ToString(),
        ApplicationType = applicationType is "native" or "web" ? applicationType : null,
    };
}
