using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using InfraGate.RealParts.Files;
using InfraGate.Sandbox.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.Sandbox.Tests;

/// <summary>A sandbox in this process, on a real socket; with TLS unless a test says otherwise.</summary>
public class SandboxFixture : IAsyncLifetime
{
    /// <summary>The only secret of a test's sandbox.</summary>
    public const string Token = "test-administrator";

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("sandbox-tests");
    private WebApplication? _app;
    private ApiClient? _client;

    public ApiClient Client => _client!;

    public string KubeconfigPath => _folder.File("kubeconfig");

    public TemporaryFolder Folder => _folder;

    /// <summary>Quick, empty, and of today's Kubernetes, unless a test says otherwise.</summary>
    internal virtual SandboxOptions Options => Quick;

    /// <summary>The system's, unless a test says otherwise.</summary>
    internal virtual TimeProvider Time => TimeProvider.System;

    internal static SandboxOptions Quick { get; } = new()
    {
        Token = Token,
        Tls = true,
        Empty = true,
        ReadyDelay = TimeSpan.FromMilliseconds(50),
        StopDelay = TimeSpan.FromMilliseconds(20),
        CrashBackOff = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>A client for the same server with another token, or with none.</summary>
    public ApiClient ClientWith(string? token) => new(NewHttpClient(), token);

    public HttpClient NewHttpClient() => NewHttpClient(Client.Server, _app!.Services.GetRequiredService<ServingIdentity>().AuthorityPem);

    public static HttpClient NewHttpClient(Uri server, string? authorityPem)
    {
        if (authorityPem is null)
        {
            return new HttpClient { BaseAddress = server };
        }

        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authorityPem));
        return new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } }) { BaseAddress = server };
    }

    public async Task InitializeAsync()
    {
        _app = SandboxHost.Build(Options with { KubeconfigPath = KubeconfigPath }, Time);
        var address = await SandboxHost.StartAsync(_app);
        var identity = _app.Services.GetRequiredService<ServingIdentity>();
        _client = new ApiClient(NewHttpClient(address, identity.AuthorityPem), Token);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }
}
