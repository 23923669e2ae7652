using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning;

/// <summary>Reads what the findings of an operation need to know beside its targets.</summary>
internal static class SurroundingsReader
{
    private static readonly ListQuery Bounded = new() { MaxItems = 2000 };
    private static readonly ApiResource[] Deployments = [ApiResource.Deployments];
    private static readonly ApiResource[] Services = [ApiResource.Services];
    private static readonly ApiResource[] Pods = [ApiResource.Pods];
    private static readonly ApiResource[] Autoscalers = [new("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler")];
    private static readonly ApiResource[] DisruptionBudgets =
        [new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"), new("policy", "v1beta1", "poddisruptionbudgets", "PodDisruptionBudget")];

    /// <exception cref="KubernetesException">The cluster could not be read; a kind that it does not serve or does not let InfraGate read is named in the result instead.</exception>
    public static async Task<Surroundings> ReadAsync(NamespaceClient client, PlanOperation operation, CancellationToken cancellationToken)
    {
        var readings = await Task.WhenAll(WorthReading(operation).Select(versions => ReadKindAsync(client, versions, cancellationToken)));
        IReadOnlyList<JsonObject> Found(ApiResource[] versions) => Array.Find(readings, reading => reading.Versions == versions)?.Found ?? [];
        return new Surroundings
        {
            Deployments = Found(Deployments),
            Services = Found(Services),
            Pods = Found(Pods),
            Autoscalers = Found(Autoscalers),
            DisruptionBudgets = Found(DisruptionBudgets),
            Unread = [.. readings.Where(reading => reading.Found is null).Select(reading => reading.Versions[^1].Kind)],
        };
    }

    private static ApiResource[][] WorthReading(PlanOperation operation) => operation switch
    {
        PlanOperation.Delete => [Deployments, Services, Pods],
        PlanOperation.Scale or PlanOperation.Apply => [Autoscalers, DisruptionBudgets],
        _ => [DisruptionBudgets],
    };

    private static async Task<Reading> ReadKindAsync(NamespaceClient client, ApiResource[] versions, CancellationToken cancellationToken)
    {
        foreach (var version in versions)
        {
            try
            {
                return new Reading(versions, (await client.ListAsync(version, Bounded, PlanningJson.Default.ObjectListJsonObject, cancellationToken)).Value);
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

        return new Reading(versions, Found: null);
    }

    /// <param name="Versions">The kind, in the versions it was asked for.</param>
    /// <param name="Found">Null when the cluster does not serve the kind or does not let InfraGate read it.</param>
    private sealed record Reading(ApiResource[] Versions, IReadOnlyList<JsonObject>? Found);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectList<JsonObject>))]
internal sealed partial class PlanningJson : JsonSerializerContext;
