using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Plans that leave too few Pods, for good or while they are replaced, or that an autoscaler will undo.</summary>
internal sealed class AvailabilityRule : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        foreach (var target in draft.Of(ObjectKind.Deployment).Where(target => target.Result is not null))
        {
            var (before, after) = (target.Live is null ? (int?)null : Replicas.Of(target.Live), Replicas.Of(target.Result));
            if (after == 0 && before != 0)
            {
                yield return new Observation(
                    FindingCodes.ScaleToZero, $"It runs no Pod afterwards{(before is null ? "" : $"; now it runs {before}")}.", target.Reference, "spec.replicas");
            }

            if (before != after && Autoscaler(draft, target.Name) is { } autoscaler)
            {
                yield return new Observation(
                    FindingCodes.ScaleAgainstAutoscaler,
                    $"HorizontalPodAutoscaler {autoscaler.TextAt("metadata", "name")} keeps the replicas between {autoscaler.NumberAt("spec", "minReplicas") ?? 1} and {autoscaler.NumberAt("spec", "maxReplicas")} and will set another count.",
                    target.Reference,
                    "spec.replicas");
            }

            if (Shortage(draft, target, before, after) is { } shortage)
            {
                yield return new Observation(FindingCodes.BelowMinimumAvailability, shortage, target.Reference, target.RollsOut ? "spec.strategy" : "spec.replicas");
            }
        }
    }

    private static JsonObject? Autoscaler(PlanDraft draft, string deployment) =>
        draft.Surroundings.Autoscalers.FirstOrDefault(autoscaler =>
            autoscaler.TextAt("spec", "scaleTargetRef", "kind") == ObjectKind.Deployment.Name && autoscaler.TextAt("spec", "scaleTargetRef", "name") == deployment);

    private static string? Shortage(PlanDraft draft, DraftTarget target, int? before, int after)
    {
        var budget = draft.Surroundings.DisruptionBudgets.FirstOrDefault(budget =>
            PodTemplates.Selects(budget.TextsAt("spec", "selector", "matchLabels"), PodTemplates.Labels(target.Result)));
        if (target.RollsOut && before > 0 && after > 0)
        {
            var lowest = Replicas.DuringRollout(target.Result!);
            if (lowest == 0)
            {
                return $"While its {after} Pod{(after == 1 ? " is" : "s are")} replaced none may be available ({Strategy(target.Result!)}).";
            }

            if (budget is not null && Replicas.Required(budget, after) is { } required && lowest < required)
            {
                return $"While its Pods are replaced only {lowest} may be available; {Name(budget)} wants {required}.";
            }
        }

        return after > 0 && after < before && budget is not null && Replicas.Required(budget, before.Value) is { } wanted && after < wanted
            ? $"It runs {after} Pods afterwards; {Name(budget)} wants {wanted} available."
            : null;
    }

    private static string Strategy(JsonObject deployment) =>
        deployment.TextAt("spec", "strategy", "type") == "Recreate"
            ? "strategy Recreate"
            : $"maxUnavailable {deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable")?.ToString() ?? "25%"}";

    private static string Name(JsonObject budget) => $"PodDisruptionBudget {budget.TextAt("metadata", "name")}";
}
