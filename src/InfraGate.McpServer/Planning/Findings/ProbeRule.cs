using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Probes that a container had and loses: a rollout without them is believed sooner than it should be.</summary>
internal sealed class ProbeRule : IFindingRule
{
    private static readonly string[] Probes = ["readinessProbe", "livenessProbe", "startupProbe"];

    public IEnumerable<Observation> Look(PlanDraft draft) =>
        from target in draft.Of(ObjectKind.Deployment)
        where target.Change is TargetChange.Update
        from after in PodTemplates.Containers(target.Result)
        let before = PodTemplates.Containers(target.Live).FirstOrDefault(container => container.Name == after.Name)
        where before is not null
        from probe in Probes
        where before.Spec.ContainsKey(probe) && !after.Spec.ContainsKey(probe)
        select new Observation(FindingCodes.RemovedProbe, $"Container {after.Name} loses its {probe}.", target.Reference, $"{after.Path}.{probe}");
}
