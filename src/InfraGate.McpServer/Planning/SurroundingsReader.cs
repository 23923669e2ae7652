using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning;

/// <summary>Reads what the findings of an operation need to know beside its targets; of every object it keeps no more than that.</summary>
internal sealed class SurroundingsReader(ServedVersions served)
{
    private static readonly ApiResource[] Deployments = [ApiResource.Deployments];
    private static readonly ApiResource[] Services = [ApiResource.Services];
    private static readonly ApiResource[] Pods = [ApiResource.Pods];
    private static readonly ApiResource[] Autoscalers = [new("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler")];
    private static readonly ApiResource[] DisruptionBudgets =
        [new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"), new("policy", "v1beta1", "poddisruptionbudgets", "PodDisruptionBudget")];

    private enum Extent
    {
        Whole,
        Partly,
        Unread,
    }

    /// <exception cref="KubernetesException">The cluster could not be read; a kind that it does not serve or does not let InfraGate read is named in the result instead.</exception>
    public async Task<Surroundings> ReadAsync(NamespaceClient client, PlanOperation operation, CancellationToken cancellationToken)
    {
        var wanted = WorthReading(operation);
        var deployments = ListAsync(Deployments, static (_, found) => NeighbourDeployment.Of(found));
        var services = ListAsync(Services, static (_, found) => NeighbourService.Of(found));
        var pods = FoldAsync(Pods, static () => new PodCensus(), static (census, _, found) => census.Add(found));
        var autoscalers = ListAsync(Autoscalers, static (_, found) => NeighbourAutoscaler.Of(found));
        var budgets = ListAsync(DisruptionBudgets, DisruptionBudget.Of);
        await Task.WhenAll(deployments, services, pods, autoscalers, budgets);

        (string Kind, Extent Extent)[] extents =
            [(await deployments).Extent, (await services).Extent, (await pods).Extent, (await autoscalers).Extent, (await budgets).Extent];
        return new Surroundings
        {
            Deployments = (await deployments).Found,
            Services = (await services).Found,
            Pods = (await pods).Found.Groups,
            Autoscalers = (await autoscalers).Found,
            DisruptionBudgets = (await budgets).Found,
            Unread = [.. extents.Where(kind => kind.Extent is Extent.Unread).Select(kind => kind.Kind)],
            PartlyRead = [.. extents.Where(kind => kind.Extent is Extent.Partly).Select(kind => kind.Kind)],
        };

        Task<Reading<List<T>>> ListAsync<T>(ApiResource[] versions, Func<ApiResource, JsonObject, T> digest) =>
            FoldAsync(versions, static () => new List<T>(), (list, version, found) => list.Add(digest(version, found)));

        Task<Reading<TState>> FoldAsync<TState>(ApiResource[] versions, Func<TState> start, Action<TState, ApiResource, JsonObject> add) =>
            wanted.Contains(versions)
                ? ReadKindAsync(client, versions, start, add, cancellationToken)
                : Task.FromResult(new Reading<TState>(start(), (versions[^1].Kind, Extent.Whole)));
    }

    private static ApiResource[][] WorthReading(PlanOperation operation) => operation switch
    {
        PlanOperation.Delete => [Deployments, Services, Pods],
        PlanOperation.Scale or PlanOperation.Apply => [Autoscalers, DisruptionBudgets],
        _ => [DisruptionBudgets],
    };

    private async Task<Reading<TState>> ReadKindAsync<TState>(
        NamespaceClient client, ApiResource[] versions, Func<TState> start, Action<TState, ApiResource, JsonObject> add, CancellationToken cancellationToken)
    {
        foreach (var version in served.InOrder(client.Cluster, versions))
        {
            try
            {
                var listing = await client.FoldAsync(
                    version, ListQuery.All, PlanningJson.Default.ObjectListJsonObject, start, (state, found) => add(state, version, found), cancellationToken);
                served.Answered(client.Cluster, version);
                return new Reading<TState>(listing.Value, (version.Kind, listing.IsComplete ? Extent.Whole : Extent.Partly));
            }
            catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.NotFound)
            {
                // An older cluster serves the kind in an older version.
            }
            catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.Forbidden)
            {
                break;
            }
        }

        return new Reading<TState>(start(), (versions[^1].Kind, Extent.Unread));
    }

    /// <param name="Extent">Unread when the cluster does not serve the kind or does not let InfraGate read it.</param>
    private sealed record Reading<TState>(TState Found, (string Kind, Extent Extent) Extent);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectList<JsonObject>))]
internal sealed partial class PlanningJson : JsonSerializerContext;
