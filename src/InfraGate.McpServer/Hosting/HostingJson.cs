using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Hosting;

/// <summary>The caller as the gateway writes it into <c>_meta</c>.</summary>
internal sealed record CallerMeta(
    string? Subject,
    string? Name,
    string? Client,
    string? ClientName,
    string? Owner,
    IReadOnlyList<string>? Groups,
    IReadOnlyList<string>? Scopes,
    IReadOnlyList<string>? Namespaces);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallerMeta))]
internal sealed partial class HostingJson : JsonSerializerContext;
