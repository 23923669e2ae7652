using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Execution;

/// <summary>Tells whether the policy in force lets a plan be written now.</summary>
internal sealed class WindowCheck(IPolicySource policies, TimeProvider time)
{
    /// <exception cref="ToolException">It does not; the plan stays as it is.</exception>
    public void Require(PlanContent plan)
    {
        if (RefusalOf(plan) is { } refusal)
        {
            throw new ToolException(ToolErrorCode.PolicyBlocked, $"{refusal} Nothing was changed.", "Call apply_approved_plan again when the window is open and the plan has not run out.");
        }
    }

    /// <summary>Why not, in a sentence; null when it may be.</summary>
    public string? RefusalOf(PlanContent plan) => ChangeWindows.RefusalAt(policies.Current.EffectiveFor(plan.Namespace, plan.Operation).Windows, time.GetUtcNow());
}
