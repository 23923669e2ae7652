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

            if (before != after && draft.Surroundings.Autoscalers.FirstOrDefault(autoscaler => autoscaler.Deployment == target.Name) is { } autoscaler)
            {
                yield return new Observation(
                    FindingCodes.ScaleAgainstAutoscaler,
                    $"HorizontalPodAutoscaler {autoscaler.Name} keeps the replicas between {autoscaler.Minimum} and {autoscaler.Maximum} and will set another count.",
                    target.Reference,
                    "spec.replicas");
            }

            if (Shortage(draft, target, before, after) is { } shortage)
            {
                yield return new Observation(FindingCodes.BelowMinimumAvailability, shortage, target.Reference, target.RollsOut ? "spec.strategy" : "spec.replicas");
            }
        }
    }

    private static string? Shortage(PlanDraft draft, DraftTarget target, int? before, int after)
    {
        var labels = PodTemplates.Labels(target.Result).ToDictionary(StringComparer.Ordinal);
        var budgets = draft.Surroundings.DisruptionBudgets.Where(budget => budget.Selector?.Selects(labels) == true).ToArray();
        if (target.RollsOut && before > 0 && after > 0)
        {
            var lowest = Replicas.DuringRollout(target.Result!);
            if (lowest == 0)
            {
                return $"While its {after} Pod{(after == 1 ? " is" : "s are")} replaced none may be available ({Strategy(target.Result!)}).";
            }

            if (Strictest(budgets, after) is var (name, required) && lowest < required)
            {
                return $"While its Pods are replaced only {lowest} may be available; {name} wants {required}.";
            }
        }

        return after > 0 && after < before && Strictest(budgets, before.Value) is var (budget, wanted) && after < wanted
            ? $"It runs {after} Pods afterwards; {budget} wants {wanted} available."
            : null;
    }

    /// <summary>Every budget that covers the Pods has to be kept, so the one that wants most decides.</summary>
    private static (string Name, int Required)? Strictest(IEnumerable<DisruptionBudget> budgets, int replicas) => budgets
        .Select(budget => (Name: $"PodDisruptionBudget {budget.Name}", Required: Replicas.Required(budget, replicas) ?? 0))
        .OrderByDescending(budget => budget.Required)
        .Select(budget => ((string, int)?)budget)
        .FirstOrDefault();

    private static string Strategy(JsonObject deployment) =>
        deployment.TextAt("spec", "strategy", "type") == "Recreate"
            ? "strategy Recreate"
            : $"maxUnavailable {deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable")?.ToString() ?? "25%"}";
}
