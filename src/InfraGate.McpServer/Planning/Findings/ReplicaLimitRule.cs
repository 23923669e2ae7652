using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>How many replicas a plan may ask for, whichever tool asks: a manifest is no way around the limit of <c>request_scale_deployment</c>.</summary>
internal sealed class ReplicaLimitRule(int serverMaximum) : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        var maximum = draft.Policy.MaximumReplicas ?? serverMaximum;
        foreach (var target in draft.Of(ObjectKind.Deployment).Where(target => target.Result is not null))
        {
            // More than the limit may run already; a plan that does not add to it is no one's harm.
            if (Replicas.Of(target.Result) is var after && after > maximum && after > (target.Live is null ? 0 : Replicas.Of(target.Live)))
            {
                yield return new Observation(FindingCodes.ReplicaLimit, $"It would run {after} replicas; at most {maximum} are allowed.", target.Reference, "spec.replicas");
            }
        }
    }
}
