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
    private static readonly ApiResource[] Autoscalers = [new("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler")];
    private static readonly ApiResource[] DisruptionBudgets =
        [new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"), new("policy", "v1beta1", "poddisruptionbudgets", "PodDisruptionBudget")];

    /// <exception cref="KubernetesException">The cluster could not be read; a kind that it does not serve or does not let InfraGate read is named in the result instead.</exception>
    public static async Task<Surroundings> ReadAsync(NamespaceClient client, PlanOperation operation, CancellationToken cancellationToken)
    {
        var unread = new List<string>();
        if (operation is PlanOperation.Delete)
        {
            return new Surroundings
            {
                Deployments = await ListAsync(client, [ApiResource.Deployments], unread, cancellationToken),
                Services = await ListAsync(client, [ApiResource.Services], unread, cancellationToken),
                Pods = await ListAsync(client, [ApiResource.Pods], unread, cancellationToken),
                Unread = unread,
            };
        }

        return new Surroundings
        {
            Autoscalers = operation is PlanOperation.Scale or PlanOperation.Apply ? await ListAsync(client, Autoscalers, unread, cancellationToken) : [],
            DisruptionBudgets = await ListAsync(client, DisruptionBudgets, unread, cancellationToken),
            Unread = unread,
        };
    }

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(
        NamespaceClient client, ApiResource[] versions, List<string> unread, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return (await client.ListAsync(versions[i], Bounded, PlanningJson.Default.ObjectListJsonObject, cancellationToken)).Value;
            }
            catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.NotFound && i + 1 < versions.Length)
            {
                // An older cluster serves the kind in an older version.
            }
            catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.NotFound or KubernetesFailure.Forbidden)
            {
                unread.Add(versions[i].Kind);
                return [];
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectList<JsonObject>))]
internal sealed partial class PlanningJson : JsonSerializerContext;
