using System.Text.Json.Nodes;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>What is to be recorded, before it has a place in the chain.</summary>
internal sealed record AuditDraft(string Action, PlanId Plan, AuditActor Actor, JsonObject Details)
{
    /// <summary>The status before; null when the action is no transition.</summary>
    public PlanStatus? From { get; init; }

    /// <summary>The status after; null when the action is no transition.</summary>
    public PlanStatus? To { get; init; }
}
