using System.Security.Cryptography.X509Certificates;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>
/// A token kept in a file that someone else rotates, as the kubelet does for service accounts. Read again after a second, or at once when the
/// API server refused it; while the file cannot be read, the last token stays in use.
/// </summary>
internal sealed class TokenFileCredential(string path, X509Certificate2Collection? certificate, TimeProvider time) : IClusterCredential
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private volatile Reading? _last;

    public async ValueTask<PresentedCredential> GetAsync(CancellationToken cancellationToken)
    {
        var last = _last;
        if (last is { Refused: false } && time.GetElapsedTime(last.ReadAt) < FreshFor)
        {
            return last.Credential;
        }

        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
            if (token.Length > 0)
            {
                return Remember($"Bearer {token}", last);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return last?.Credential ?? throw new KubernetesException(KubernetesFailure.Credential, $"The token file {path} cannot be read.", exception);
        }

        return last?.Credential ?? throw new KubernetesException(KubernetesFailure.Credential, $"The token file {path} is empty.");
    }

    public bool Refuse(PresentedCredential refused)
    {
        if (_last is { } last && ReferenceEquals(last.Credential, refused))
        {
            _last = last with { Refused = true };
        }

        return true;
    }

    private PresentedCredential Remember(string authorization, Reading? last)
    {
        var credential = last is not null && string.Equals(last.Credential.Authorization, authorization, StringComparison.Ordinal)
            ? last.Credential
            : new PresentedCredential(authorization, certificate);
        _last = new Reading(credential, time.GetTimestamp(), Refused: false);
        return credential;
    }

    private sealed record Reading(PresentedCredential Credential, long ReadAt, bool Refused);
}
