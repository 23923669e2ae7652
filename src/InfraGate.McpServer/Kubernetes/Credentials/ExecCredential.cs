using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using InfraGate.McpServer.Kubernetes.Config;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>
/// A credential plugin (client.authentication.k8s.io v1 and v1beta1). Its answer is kept until it expires, or until the API server refuses it.
/// </summary>
internal sealed class ExecCredential(ExecPlugin plugin, string apiVersion, TimeProvider time) : IClusterCredential, IDisposable
{
    /// <summary>A credential about to expire would be refused on its way.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private Task<PresentedCredential>? _run;
    private volatile Cached? _cached;

    public async ValueTask<PresentedCredential> GetAsync(CancellationToken cancellationToken) =>
        Fresh() ?? await RunOnce().WaitAsync(cancellationToken);

    public bool Refuse(PresentedCredential refused)
    {
        if (_cached is { } cached && ReferenceEquals(cached.Credential, refused))
        {
            _cached = null;
        }

        return true;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <summary>All who wait share one run and its failure, or those behind a plugin that hangs would wait one limit after the other. One who leaves does not end it for the others.</summary>
    private Task<PresentedCredential> RunOnce()
    {
        lock (_lock)
        {
            if (Fresh() is { } fresh)
            {
                return Task.FromResult(fresh);
            }

            return _run is { IsCompleted: false } running ? running : _run = RunAsync(_ending.Token);
        }
    }

    private async Task<PresentedCredential> RunAsync(CancellationToken cancellationToken)
    {
        // Starting a process takes a while, which nobody is to spend in the lock.
        await Task.Yield();
        return Keep(await plugin.RunAsync(cancellationToken));
    }

    private PresentedCredential? Fresh() =>
        _cached is { } cached && (cached.Expires is null || time.GetUtcNow() + ExpiryMargin < cached.Expires) ? cached.Credential : null;

    private PresentedCredential Keep(ReadOnlyMemory<byte> answer)
    {
        var parsed = Parse(answer);
        if (!string.Equals(parsed.ApiVersion, apiVersion, StringComparison.Ordinal) || parsed.Status is not { } status)
        {
            throw Failed($"answered no ExecCredential of {apiVersion}");
        }

        var certificate = Certificate(status);
        if (status.Token is null && certificate is null)
        {
            throw Failed("answered neither a token nor a client certificate");
        }

        var credential = new PresentedCredential(status.Token is { } token ? $"Bearer {token}" : null, certificate);
        _cached = new Cached(credential, status.ExpirationTimestamp);
        return credential;
    }

    private ExecCredentialAnswer Parse(ReadOnlyMemory<byte> answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Span, CredentialJson.Default.ExecCredentialAnswer) ?? throw Failed("answered null");
        }
        catch (JsonException)
        {
            // The parser's message could quote a part of the credential, so it is left behind.
            throw Failed("answered something that is not JSON");
        }
    }

    private X509Certificate2Collection? Certificate(ExecCredentialStatus status)
    {
        if (status.ClientCertificateData is null || status.ClientKeyData is null)
        {
            return null;
        }

        try
        {
            return ClientCertificates.FromPem(status.ClientCertificateData, status.ClientKeyData);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Failed("answered a client certificate and a key that are no PEM pair");
        }
    }

    private KubernetesException Failed(string what) =>
        new(KubernetesFailure.Credential, $"The credential plugin '{plugin.Name}' {what}.");

    private sealed record Cached(PresentedCredential Credential, DateTimeOffset? Expires);
}
