using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Planning;

/// <summary>A plan in the making: its targets, what else is in the namespace, and the policy that holds there.</summary>
internal sealed record PlanDraft(PlanOperation Operation, string Namespace, IReadOnlyList<DraftTarget> Targets, Surroundings Surroundings, EffectivePolicy Policy)
{
    public IEnumerable<DraftTarget> Of(ObjectKind kind) => Targets.Where(target => target.Kind == kind);

    /// <summary>Whether an object is gone once the plan is carried out.</summary>
    public bool Deletes(ObjectKind kind, string? name) => Targets.Any(target => target.Change is TargetChange.Delete && target.Kind == kind && target.Name == name);
}
