using System.Security.Cryptography.X509Certificates;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>What a request presents: an Authorization header, a client certificate, or neither.</summary>
internal sealed record PresentedCredential(string? Authorization, X509Certificate2Collection? Certificate)
{
    public static PresentedCredential None { get; } = new(Authorization: null, Certificate: null);
}

/// <summary>A source of credentials for one cluster. Safe for concurrent use.</summary>
internal interface IClusterCredential
{
    /// <exception cref="KubernetesException"><see cref="KubernetesFailure.Credential"/>: none could be obtained.</exception>
    ValueTask<PresentedCredential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Says that the API server refused <paramref name="refused"/>. True when the next <see cref="GetAsync"/> may bring another.</summary>
    bool Refuse(PresentedCredential refused);
}
