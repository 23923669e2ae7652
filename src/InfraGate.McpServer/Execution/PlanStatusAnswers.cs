using System.Text.Json;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.McpServer.Execution;

/// <summary>What a plan that cannot be applied (any more) is answered with, by its status.</summary>
internal static class PlanStatusAnswers
{
    private const string NewPlan = "Make a new plan with the request_* tool and have it approved.";

    /// <summary>The refusal for a plan that is not Approved and not being carried out; null for those two.</summary>
    public static ToolException? RefusalOf(Plan plan, DateTimeOffset now) => plan.Status switch
    {
        PlanStatus.Pending or PlanStatus.Approved when plan.Content.ExpiresAt <= now => Expired(plan),
        PlanStatus.Pending => GrantCheck.ApprovalRequired(plan.Id),
        PlanStatus.Denied => new ToolException(
            ToolErrorCode.PlanDenied, $"Plan {plan.Id} was denied{Because(plan)}; nothing was changed.", "Do not ask for the same again; talk to the user about the reason."),
        PlanStatus.Expired => Expired(plan),
        PlanStatus.Cancelled => new ToolException(ToolErrorCode.PlanExpired, $"Plan {plan.Id} was withdrawn or replaced{Because(plan)}; nothing was changed.", NewPlan),
        PlanStatus.Stale => new ToolException(ToolErrorCode.PlanStale, $"Plan {plan.Id} is stale{Because(plan)}; nothing was changed.", NewPlan),
        PlanStatus.Failed => Failed(plan),
        PlanStatus.Applied => new ToolException(
            ToolErrorCode.PlanAlreadyApplied,
            $"Plan {plan.Id} was applied at {plan.StatusChangedAt:yyyy-MM-dd HH:mm:ss}Z; it runs only once.",
            "Verify with get_k8s_status; the recorded outcome is in the details.",
            Outcome(plan)),
        _ => null,
    };

    public static ToolException Failed(Plan plan) => new(
        ToolErrorCode.PlanFailed,
        $"Plan {plan.Id} failed{Because(plan)}",
        "See the outcome of each object in the details and the state with get_k8s_status before you plan anew.",
        Outcome(plan));

    private static ToolException Expired(Plan plan) =>
        new(ToolErrorCode.PlanExpired, $"Plan {plan.Id} ran out at {plan.Content.ExpiresAt:yyyy-MM-dd HH:mm:ss}Z; nothing was changed.", NewPlan);

    private static string Because(Plan plan) => plan.StatusReason is { Length: > 0 } reason ? $": {reason.TrimEnd('.')}" : "";

    private static JsonElement? Outcome(Plan plan) =>
        plan.Outcome is null ? null : JsonSerializer.SerializeToElement(ApplyAnswer.Of(plan), ExecutionJson.Default.ApplyAnswer);
}
