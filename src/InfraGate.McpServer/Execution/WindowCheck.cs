using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Execution;

/// <summary>Tells whether the policy in force lets a plan be written now.</summary>
internal sealed class WindowCheck(IPolicySource policies, TimeProvider time)
{
    /// <summary>Why not, in a sentence; null when it may be.</summary>
    public string? RefusalOf(PlanContent plan) => ChangeWindows.RefusalAt(policies.Current.EffectiveFor(plan.Namespace, plan.Operation).Windows, time.GetUtcNow());
}
