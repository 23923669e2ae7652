using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection.Caching;

/// <summary>A feed in front of a real API server, and on a connection that fails in every way.</summary>
public abstract class FeedScenarios(IClusterUnderTest cluster)
{
    [Fact]
    public async Task It_follows_what_is_added_changed_and_deleted_and_is_renewed_without_another_listing()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        // A watch that breaks because the machine is busy would be followed by another listing.
        using var bench = new FeedBench(proxy.KubeconfigPath, ns, FeedBench.Quick with { Grace = TimeSpan.FromSeconds(30) });
        await Eventually.TrueAsync(async () => await bench.ReadAsync() is not null);
        var lists = Lists(proxy);

        await cluster.Admin.ApplyAsync(ConfigMap(ns, "one", "1"));
        await Eventually.TrueAsync(async () => Has(await bench.ReadAsync(), "one", bytes: 1));
        await cluster.Admin.ApplyAsync(ConfigMap(ns, "one", "12345"));
        await Eventually.TrueAsync(async () => Has(await bench.ReadAsync(), "one", bytes: 5));
        await cluster.Admin.DeleteAsync(KubePath.ConfigMap(ns, "one"));
        await Eventually.TrueAsync(async () => await bench.ReadAsync() is { } reading && reading.Value.All(line => line.Name != "one"));

        var watches = Watches(proxy);
        await Eventually.TrueAsync(() => Task.FromResult(Watches(proxy) >= watches + 2));
        await cluster.Admin.ApplyAsync(ConfigMap(ns, "two", "1"));
        await Eventually.TrueAsync(async () => Has(await bench.ReadAsync(), "two", bytes: 1));
        Lists(proxy).ShouldBe(lists);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_no_longer_believed()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var bench = new FeedBench(proxy.KubeconfigPath, ns, FeedBench.Quick with { Lifetime = TimeSpan.FromMinutes(1), FirstRest = TimeSpan.FromMinutes(1), LongestRest = TimeSpan.FromMinutes(1) });
        var cut = proxy.CutDuring(IsWatch);
        await Eventually.TrueAsync(async () => await bench.ReadAsync() is not null);

        cut.Release();

        await Eventually.TrueAsync(async () => await bench.ReadAsync() is null);
    }

    [Fact]
    public async Task A_connection_that_died_without_a_word_is_believed_only_for_so_long()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        var stall = proxy.Stall(IsWatch);
        using var bench = new FeedBench(proxy.KubeconfigPath, ns, FeedBench.Quick with { FirstRest = TimeSpan.FromMinutes(1), LongestRest = TimeSpan.FromMinutes(1) });
        await bench.ReadAsync();
        await stall.Hit;
        var struck = DateTimeOffset.UtcNow;
        await cluster.Admin.ApplyAsync(ConfigMap(ns, "unheard", "1"));

        await Eventually.TrueAsync(async () =>
        {
            var reading = await bench.ReadAsync();
            reading?.Observed.ShouldBeLessThanOrEqualTo(struck);
            return reading is null;
        });
    }

    [Fact]
    public async Task A_watch_from_a_version_that_is_too_old_leads_to_a_new_listing()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var bench = new FeedBench(proxy.KubeconfigPath, ns, FeedBench.Quick);
        await Eventually.TrueAsync(async () => await bench.ReadAsync() is not null);
        var lists = Lists(proxy);

        proxy.Answer(IsWatch, status: 410, times: 1);
        await Eventually.TrueAsync(() => Task.FromResult(Lists(proxy) > lists));

        await Eventually.TrueAsync(async () => await bench.ReadAsync() is not null);
    }

    private static bool Has(McpServer.Kubernetes.Watching.FeedReading<IReadOnlyList<McpServer.Inspection.Status.ConfigMapLine>>? reading, string name, int bytes) =>
        reading?.Value.Any(line => line.Name == name && line.Bytes == bytes) ?? false;

    private static bool IsWatch(ProxiedRequest request) => request.PathAndQuery.Contains("watch=true", StringComparison.Ordinal);

    private static int Watches(FaultProxy proxy) => proxy.Requests.Count(IsWatch);

    private static int Lists(FaultProxy proxy) => proxy.Requests.Count(request => !IsWatch(request));

    private static JsonObject ConfigMap(string ns, string name, string value) => new()
    {
        ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns }, ["data"] = new JsonObject { ["key"] = value },
    };
}
