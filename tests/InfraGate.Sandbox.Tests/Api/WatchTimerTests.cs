using InfraGate.RealParts.Waiting;

namespace InfraGate.Sandbox.Tests.Api;

/// <summary>A timer's callback may run after the watch that it belongs to has gone on or ended; nobody catches what it throws, so that it would end the process.</summary>
public sealed class WatchTimerTests(WatchTimerTests.Fixture sandbox) : IClassFixture<WatchTimerTests.Fixture>
{
    [Fact]
    public async Task A_timer_that_fires_after_its_watch_is_over_harms_nobody()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        var maps = $"/api/v1/namespaces/{space}/configmaps";
        // A change that comes when the watch is over ends no pause.
        await Eventually.TrueAsync(() => SeesAChangeAsync(maps));

        // At least the watch's own limit, the pause that the change ended and the one that the limit ended.
        sandbox.Timers.Fire().ShouldBeGreaterThanOrEqualTo(3);
    }

    /// <summary>Watches to the end; only the timers of the last watch are left to fire.</summary>
    private async Task<bool> SeesAChangeAsync(string maps)
    {
        sandbox.Timers.Fire();
        using var watch = await sandbox.Client.OpenAsync($"{maps}?watch=true&timeoutSeconds=1");
        var name = $"map-{Guid.NewGuid():N}";
        await sandbox.Client.PostAsync(maps, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"}}""");
        var seen = false;
        while (await watch.ReadLineAsync() is { } line)
        {
            seen |= line.Contains(name, StringComparison.Ordinal);
        }

        return seen;
    }

    public sealed class Fixture : SandboxFixture
    {
        internal LateTimers Timers { get; } = new();

        internal override TimeProvider Time => Timers;
    }
}
