using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>What stops working when an object goes. Dependents that go with the same plan do not count.</summary>
internal sealed class DependencyRule : IFindingRule
{
    private const int NamesShown = 5;

    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        foreach (var target in draft.Targets.Where(target => target.Change is TargetChange.Delete))
        {
            var message =
                target.Kind == ObjectKind.Deployment ? Deployment(draft, target)
                : target.Kind == ObjectKind.Service ? Service(draft, target)
                : ConfigMap(draft, target);
            if (message is not null)
            {
                yield return new Observation(FindingCodes.DeleteDependedOn, message, target.Reference);
            }
        }
    }

    private static string? Deployment(PlanDraft draft, DraftTarget target)
    {
        var services = draft.Surroundings.Services
            .Where(service => PodTemplates.Selects(service.TextsAt("spec", "selector"), PodTemplates.Labels(target.Live)))
            .Select(Name)
            .Where(name => !draft.Deletes(ObjectKind.Service, name))
            .ToArray();
        return services.Length == 0 ? null : $"{Names("Service", services)} {(services.Length == 1 ? "sends" : "send")} traffic to its Pods.";
    }

    private static string? Service(PlanDraft draft, DraftTarget target)
    {
        var selector = target.Live.TextsAt("spec", "selector").ToArray();
        var pods = draft.Surroundings.Pods.Count(pod => PodTemplates.Selects(selector, pod.TextsAt("metadata", "labels")));
        var backing = draft.Surroundings.Deployments.Where(deployment => PodTemplates.Selects(selector, PodTemplates.Labels(deployment))).Select(Name).ToArray();
        var allGone = backing.Length > 0 && Array.TrueForAll(backing, name => draft.Deletes(ObjectKind.Deployment, name));
        return pods == 0 || allGone ? null : $"It leads to {pods} Pod{(pods == 1 ? "" : "s")}; whoever reaches them by its name no longer will.";
    }

    private static string? ConfigMap(PlanDraft draft, DraftTarget target)
    {
        var deployments = draft.Surroundings.Deployments
            .Where(deployment => PodTemplates.PodSpec(deployment) is { } pod && Uses(pod, target.Name))
            .Select(Name)
            .Where(name => !draft.Deletes(ObjectKind.Deployment, name))
            .ToArray();
        if (deployments.Length > 0)
        {
            return $"{Names("Deployment", deployments)} {(deployments.Length == 1 ? "uses" : "use")} it; {(deployments.Length == 1 ? "its" : "their")} next Pods will not start.";
        }

        var pods = draft.Surroundings.Pods.Where(pod => !HasOwner(pod) && pod["spec"] is JsonObject spec && Uses(spec, target.Name)).Select(Name).ToArray();
        return pods.Length == 0 ? null : $"{Names("Pod", pods)} {(pods.Length == 1 ? "uses" : "use")} it.";
    }

    private static bool Uses(JsonObject pod, string configMap) =>
        pod.MapsAt("volumes").Any(volume =>
            volume.TextAt("configMap", "name") == configMap
            || volume.MapsAt("projected", "sources").Any(source => source.TextAt("configMap", "name") == configMap))
        || pod.MapsAt("containers").Concat(pod.MapsAt("initContainers")).Any(container =>
            container.MapsAt("envFrom").Any(source => source.TextAt("configMapRef", "name") == configMap)
            || container.MapsAt("env").Any(variable => variable.TextAt("valueFrom", "configMapKeyRef", "name") == configMap));

    private static bool HasOwner(JsonObject pod) => pod.MapsAt("metadata", "ownerReferences").Any();

    private static string Name(JsonObject found) => found.TextAt("metadata", "name") ?? "";

    private static string Names(string kind, string[] names)
    {
        var shown = string.Join(", ", names.Take(NamesShown));
        return names.Length <= NamesShown ? $"{kind} {shown}" : $"{kind} {shown} and {names.Length - NamesShown} more";
    }
}
