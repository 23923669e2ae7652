using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>A token, a user name with password, or a client certificate written in the kubeconfig.</summary>
internal sealed class FixedCredential(PresentedCredential credential) : IClusterCredential
{
    public static FixedCredential None { get; } = new(PresentedCredential.None);

    public static FixedCredential Token(string token, X509Certificate2Collection? certificate) => new(new PresentedCredential($"Bearer {token}", certificate));

    public static FixedCredential Basic(string user, string password, X509Certificate2Collection? certificate) =>
        new(new PresentedCredential($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}", certificate));

    public ValueTask<PresentedCredential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);

    public bool Refuse(PresentedCredential refused) => false;
}
