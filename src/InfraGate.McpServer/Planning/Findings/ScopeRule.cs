using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Objects that appear, that go, and Pods that are replaced: what a reviewer looks for first.</summary>
internal sealed class ScopeRule : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        foreach (var target in draft.Targets)
        {
            if (target.Change is TargetChange.Create)
            {
                yield return new Observation(FindingCodes.CreatesObject, "It does not exist and is created.", target.Reference);
            }
            else if (target.Change is TargetChange.Delete)
            {
                var pods = target.Kind == ObjectKind.Deployment ? Replicas.Of(target.Live) : 0;
                yield return new Observation(FindingCodes.DeletesObject, pods == 0 ? "It is deleted." : $"It is deleted, and its {pods} Pod{(pods == 1 ? "" : "s")} with it.", target.Reference);
            }
            else if (target.RollsOut && Replicas.Of(target.Live) is > 0 and var replaced)
            {
                yield return new Observation(FindingCodes.RestartsPods, $"Its {replaced} Pod{(replaced == 1 ? " is" : "s are")} replaced.", target.Reference, "spec.template");
            }
        }
    }
}
