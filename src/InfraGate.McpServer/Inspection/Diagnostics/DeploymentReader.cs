using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Diagnostics;

/// <summary>A Deployment with everything that its diagnosis rests on.</summary>
internal sealed record DeploymentReading(
    Deployment Deployment,
    IReadOnlyList<ReplicaSet> ReplicaSets,
    Listing<List<Pod>> Pods,
    EventDigest Events,
    Autoscaler? Autoscaler,
    IReadOnlyList<string> NotRead);

/// <summary>Reads a Deployment, its ReplicaSets, Pods and events, and the autoscaler that targets it.</summary>
internal static class DeploymentReader
{
    private const int MaxPods = 2000;
    private const int MaxReplicaSets = 200;

    public static async Task<DeploymentReading> ReadAsync(NamespaceClient client, string name, CancellationToken cancellationToken)
    {
        var deployment = await client.GetAsync(ApiResource.Deployments, name, KubernetesJson.Default.Deployment, cancellationToken);
        var query = new ListQuery { LabelSelector = Describe.Selector(deployment.Spec.Selector) };
        var sets = client.ListAsync(ApiResource.ReplicaSets, query with { MaxItems = MaxReplicaSets }, KubernetesJson.Default.ObjectListReplicaSet, cancellationToken);
        var pods = client.ListAsync(ApiResource.Pods, query with { MaxItems = MaxPods }, KubernetesJson.Default.ObjectListPod, cancellationToken);
        var autoscaler = FindAutoscalerAsync(client, name, cancellationToken);
        await Task.WhenAll(sets, pods, autoscaler);

        var (foundAutoscaler, notRead) = await autoscaler;
        string[] unread = (await sets).IsComplete ? [] : [$"only the first {MaxReplicaSets} ReplicaSets were looked at; Pods of others are missing here"];
        var owned = (await sets).Value.Where(set => set.Metadata.Controller is { Kind: "Deployment" } owner && string.Equals(owner.Name, name, StringComparison.Ordinal)).ToList();
        var setNames = owned.Select(set => set.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var listing = await pods;
        listing.Value.RemoveAll(pod => pod.Metadata.Controller is not { Kind: "ReplicaSet" } owner || !setNames.Contains(owner.Name));
        var podNames = listing.Value.Select(pod => pod.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var events = await EventDigest.ReadAsync(client, ListQuery.All, IsWanted, cancellationToken);
        return new DeploymentReading(deployment, owned, listing, events, foundAutoscaler, [.. unread, .. notRead]);

        bool IsWanted(string kind, string about) => kind switch
        {
            "Pod" => podNames.Contains(about),
            "ReplicaSet" => setNames.Contains(about),
            "Deployment" or "HorizontalPodAutoscaler" => string.Equals(about, name, StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>The autoscaler of a Deployment; a diagnosis without the right to see autoscalers is still one, and says so.</summary>
    private static async Task<(Autoscaler? Found, IReadOnlyList<string> NotRead)> FindAutoscalerAsync(NamespaceClient client, string name, CancellationToken cancellationToken)
    {
        try
        {
            var all = await client.ListAsync(ApiResource.Autoscalers, ListQuery.All, KubernetesJson.Default.ObjectListAutoscaler, cancellationToken);
            return (all.Value.Find(its => its.Spec.ScaleTargetRef is { Kind: "Deployment" } target && string.Equals(target.Name, name, StringComparison.Ordinal)), []);
        }
        catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.Forbidden or KubernetesFailure.NotFound)
        {
            return (null, [exception.Failure is KubernetesFailure.Forbidden
                ? "autoscalers may not be read, so whether one is in charge of the replicas is not known"
                : "this cluster serves no autoscalers"]);
        }
    }
}
