using InfraGate.RealParts.Clusters;

namespace InfraGate.Bench.Beds;

/// <summary>Fills a namespace with bare objects.</summary>
internal sealed class NamespaceFiller(KubeAdminClient admin)
{
    private const int WritesAtOnce = 8;

    /// <summary>Writes the Deployments, a ReplicaSet for each, and the Pods shared evenly among them.</summary>
    public async Task FillAsync(string @namespace, NamespaceSize size)
    {
        var share = size.Pods / size.Deployments;
        await EachAsync(size.Deployments, async (number, cancel) =>
        {
            var uid = await CreateAsync(BareObjects.Deployment(@namespace, number, share), cancel);
            await admin.MergeAsync($"{KubePath.Deployment(@namespace, BareObjects.DeploymentName(number))}/status", BareObjects.DeploymentStatus(share), cancel);
            var setUid = await CreateAsync(BareObjects.ReplicaSet(@namespace, number, share, uid), cancel);
            for (var index = 0; index < share; index++)
                await AddPodAsync(@namespace, number, index, setUid, cancel);
        });
    }

    private async Task AddPodAsync(string @namespace, int number, int index, string setUid, CancellationToken cancellationToken)
    {
        await CreateAsync(BareObjects.Pod(@namespace, number, index, setUid), cancellationToken);
        await admin.MergeAsync($"{KubePath.Pod(@namespace, BareObjects.PodName(number, index))}/status", BareObjects.PodStatus(index), cancellationToken);
    }

    private async Task<string> CreateAsync(System.Text.Json.Nodes.JsonObject manifest, CancellationToken cancellationToken)
    {
        var created = await admin.CreateAsync(KubePath.CollectionOf(manifest), manifest, cancellationToken);
        return (string)created["metadata"]!["uid"]!;
    }

    private static Task EachAsync(int count, Func<int, CancellationToken, ValueTask> action) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce }, action);
}
