using InfraGate.McpServer.Kubernetes;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>What the API server itself had to say about the request.</summary>
internal sealed class RequestRule : IFindingRule
{
    private const int WarningLength = 300;

    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        foreach (var target in draft.Targets)
        {
            foreach (var byManager in target.Conflicts.GroupBy(conflict => conflict.Manager, StringComparer.Ordinal))
            {
                yield return new Observation(
                    FindingCodes.FieldConflict,
                    $"{byManager.Key} owns {string.Join(", ", byManager.Select(conflict => conflict.Path))} and loses it to this plan.",
                    target.Reference);
            }

            foreach (var warning in target.Warnings)
            {
                yield return new Observation(FindingCodes.ServerWarning, ClusterText.Shorten(warning, WarningLength), target.Reference);
            }
        }

        if (draft.Surroundings.Unread is { Count: > 0 } unread)
        {
            yield return new Observation(FindingCodes.NotChecked, $"InfraGate cannot read {string.Join(", ", unread)} here, so nothing is said of them.", Target: null);
        }

        if (draft.Surroundings.PartlyRead is { Count: > 0 } partly)
        {
            yield return new Observation(FindingCodes.NotChecked, $"There are more {string.Join(", ", partly)} here than InfraGate reads, so nothing is said of the rest.", Target: null);
        }

        if (draft.Targets.All(target => target.Change is TargetChange.None))
        {
            yield return new Observation(FindingCodes.NoChange, "The cluster already is as requested; carrying the plan out changes nothing.", Target: null);
        }
    }
}
