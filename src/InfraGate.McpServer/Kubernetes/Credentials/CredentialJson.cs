using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Credentials;

internal sealed record ExecCredentialAnswer(string? ApiVersion, ExecCredentialStatus? Status);

internal sealed record ExecCredentialStatus(string? Token, string? ClientCertificateData, string? ClientKeyData, DateTimeOffset? ExpirationTimestamp);

/// <summary>What a plugin finds in <c>KUBERNETES_EXEC_INFO</c>.</summary>
internal sealed record ExecCredentialRequest(string Kind, string ApiVersion, ExecCredentialSpec Spec);

internal sealed record ExecCredentialSpec(bool Interactive, ExecCredentialCluster? Cluster);

internal sealed record ExecCredentialCluster(
    string Server,
    [property: JsonPropertyName("tls-server-name")] string? TlsServerName,
    [property: JsonPropertyName("insecure-skip-tls-verify")] bool? InsecureSkipTlsVerify,
    [property: JsonPropertyName("certificate-authority-data")] string? CertificateAuthorityData,
    [property: JsonPropertyName("proxy-url")] string? ProxyUrl);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecCredentialAnswer))]
[JsonSerializable(typeof(ExecCredentialRequest))]
internal sealed partial class CredentialJson : JsonSerializerContext;
