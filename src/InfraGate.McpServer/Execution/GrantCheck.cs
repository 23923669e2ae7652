using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Grants;

namespace InfraGate.McpServer.Execution;

/// <summary>Holds the public key with which the gateway launched this process. Without one nothing is applied.</summary>
internal sealed class GrantCheck(GrantVerifier? verifier)
{
    /// <summary>Whether a gateway launched this process, so that grants can be verified at all.</summary>
    public bool CanVerify => verifier is not null;

    /// <exception cref="ToolException">No gateway launched this process.</exception>
    public void RequireGateway() => RequireVerifier();

    /// <exception cref="ToolException">There is no good grant for exactly this plan.</exception>
    public void Require(Plan plan)
    {
        var verifying = RequireVerifier();
        if (plan.Grant is null)
        {
            throw ApprovalRequired(plan.Id);
        }

        switch (verifying.Verify(plan.Grant, plan.Id, plan.Digest).Refusal)
        {
            case null:
                return;
            case GrantRefusal.Expired:
                throw new ToolException(ToolErrorCode.PlanExpired, $"The approval of plan {plan.Id} has run out; nothing was changed.", "Make a new plan and have it approved.");
            case var refusal:
                throw new ToolException(
                    ToolErrorCode.PlanTampered,
                    $"The approval of plan {plan.Id} is not by this gateway for this content ({refusal}); nothing was changed.",
                    "Tell whoever runs InfraGate: somebody wrote to the plan store. Then make a new plan.");
        }
    }

    private GrantVerifier RequireVerifier() => verifier ?? throw new ToolException(
        ToolErrorCode.ApprovalRequired,
        "This server runs alone and cannot verify approvals, so it applies nothing.",
        "Run it behind InfraGate's gateway: start InfraGate.McpGateway, connect to its /mcp endpoint and call apply_approved_plan there.");

    /// <summary>Why there is no good grant for exactly this plan; null when there is one.</summary>
    public ToolException? RefusalOf(Plan plan)
    {
        try
        {
            Require(plan);
            return null;
        }
        catch (ToolException refusal)
        {
            return refusal;
        }
    }

    /// <summary>What an unapproved plan is answered with.</summary>
    public static ToolException ApprovalRequired(PlanId plan) => new(
        ToolErrorCode.ApprovalRequired,
        $"Plan {plan} waits for a human's approval; nothing was changed.",
        "Ask the user to approve it in the browser, then call apply_approved_plan again with the same planId.");
}
