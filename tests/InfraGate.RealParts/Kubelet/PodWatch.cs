using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Kubelet;

/// <summary>Follows every Pod of the cluster: a list, then a watch from there; again from the list when the watch ends.</summary>
internal sealed class PodWatch(KubeAdminClient api)
{
    private const string Pods = "/api/v1/pods";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="onList">All Pods that exist; called before each watch.</param>
    /// <param name="onPresent">A Pod that was added or changed.</param>
    /// <param name="onGone">A Pod that no longer exists.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(
        Action<IReadOnlyList<JsonObject>> onList, Action<JsonObject> onPresent, Action<JsonObject> onGone, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var list = await api.GetAsync(Pods, cancellationToken);
                onList([.. list["items"]!.AsArray().Select(item => item!.AsObject())]);
                await WatchAsync((string)list["metadata"]!["resourceVersion"]!, onPresent, onGone, cancellationToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or KubeApiException)
            {
                // A test has stopped the API server; it may come back.
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    private async Task WatchAsync(string from, Action<JsonObject> onPresent, Action<JsonObject> onGone, CancellationToken cancellationToken)
    {
        await foreach (var line in api.WatchLinesAsync($"{Pods}?watch=true&resourceVersion={from}", cancellationToken))
        {
            var change = JsonNode.Parse(line)!;
            var item = change["object"]!.AsObject();
            switch ((string)change["type"]!)
            {
                case "ADDED" or "MODIFIED":
                    onPresent(item);
                    break;
                case "DELETED":
                    onGone(item);
                    break;
                default:
                    // ERROR: the version is too old to watch from; list again.
                    return;
            }
        }
    }
}
