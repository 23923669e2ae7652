using InfraGate.Sandbox.Hosting;
using Microsoft.AspNetCore.Builder;

namespace InfraGate.Sandbox.Tests;

/// <summary>A sandbox in this process, on a real socket.</summary>
public class SandboxFixture : IAsyncLifetime
{
    private WebApplication? _app;
    private ApiClient? _client;

    /// <summary>The only secret of a test's sandbox.</summary>
    public const string Token = "test-administrator";

    public ApiClient Client => _client!;

    internal IServiceProvider Services => _app!.Services;

    /// <summary>Quick, empty, and of today's Kubernetes, unless a test says otherwise.</summary>
    internal virtual SandboxOptions Options => Quick;

    internal static SandboxOptions Quick { get; } = new()
    {
        Token = Token,
        Empty = true,
        ReadyDelay = TimeSpan.FromMilliseconds(50),
        StopDelay = TimeSpan.FromMilliseconds(20),
        CrashBackOff = TimeSpan.FromMilliseconds(100),
    };

    public async Task InitializeAsync()
    {
        _app = SandboxHost.Build(Options, TimeProvider.System);
        var address = await SandboxHost.StartAsync(_app);
        _client = new ApiClient(new HttpClient { BaseAddress = address }, Token);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
