using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>What stops working when an object goes. Dependents that go with the same plan do not count.</summary>
internal sealed class DependencyRule : IFindingRule
{
    private const int NamesShown = AlikePods.NamesKept;

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
            .Where(service => PodTemplates.Selects(service.Selector, PodTemplates.Labels(target.Live)) && !draft.Deletes(ObjectKind.Service, service.Name))
            .Select(service => service.Name)
            .ToArray();
        return services.Length == 0 ? null : $"{Names("Service", services, services.Length)} {(services.Length == 1 ? "sends" : "send")} traffic to its Pods.";
    }

    private static string? Service(PlanDraft draft, DraftTarget target)
    {
        var selector = target.Live.TextsAt("spec", "selector").ToArray();
        var pods = Staying(draft).Where(pods => PodTemplates.Selects(selector, pods.Labels)).Sum(pods => pods.Count);
        return pods == 0 ? null : $"It leads to {pods} Pod{(pods == 1 ? "" : "s")}; whoever reaches them by its name no longer will.";
    }

    private static string? ConfigMap(PlanDraft draft, DraftTarget target)
    {
        var deployments = draft.Surroundings.Deployments
            .Where(deployment => deployment.ConfigMaps.Contains(target.Name) && !draft.Deletes(ObjectKind.Deployment, deployment.Name))
            .Select(deployment => deployment.Name)
            .ToArray();
        var others = Staying(draft).Where(pods => pods.ConfigMaps.Contains(target.Name) && !Array.Exists(deployments, pods.AreOf)).ToArray();
        var count = others.Sum(pods => pods.Count);
        string?[] sentences =
        [
            deployments.Length == 0
                ? null
                : $"{Names("Deployment", deployments, deployments.Length)} {(deployments.Length == 1 ? "uses" : "use")} it; {(deployments.Length == 1 ? "its" : "their")} next Pods will not start.",
            count == 0 ? null : $"{Names("Pod", others.SelectMany(pods => pods.Names), count)} {(count == 1 ? "uses" : "use")} it.",
        ];
        return sentences.OfType<string>().ToArray() is { Length: > 0 } said ? string.Join(' ', said) : null;
    }

    /// <summary>The Pods that the plan does not take away with their Deployment.</summary>
    private static IEnumerable<AlikePods> Staying(PlanDraft draft)
    {
        var going = draft.Of(ObjectKind.Deployment).Where(target => target.Change is TargetChange.Delete).Select(target => target.Name).ToArray();
        return draft.Surroundings.Pods.Where(pods => !Array.Exists(going, pods.AreOf));
    }

    private static string Names(string kind, IEnumerable<string> names, int count)
    {
        var shown = string.Join(", ", names.Take(NamesShown));
        return count <= NamesShown ? $"{kind} {shown}" : $"{kind} {shown} and {count - NamesShown} more";
    }
}
