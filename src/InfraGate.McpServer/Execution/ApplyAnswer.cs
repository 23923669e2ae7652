using System.Text.Json.Serialization;
using InfraGate.McpServer.Planning;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>What <c>apply_approved_plan</c> answers: what became of each object and how far the rollout is.</summary>
internal sealed record ApplyAnswer
{
    private const int UndoLength = 4000;

    public required string PlanId { get; init; }

    public required string Status { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<AppliedObject> Objects { get; init; }

    public IReadOnlyList<RolloutReport>? Rollouts { get; init; }

    public IReadOnlyList<UndoCall>? Undo { get; init; }

    /// <summary>Set when the outcome was established after the process that carried the plan out had died.</summary>
    public bool? Recovered { get; init; }

    public required string Next { get; init; }

    public static ApplyAnswer Of(Plan plan)
    {
        var outcome = plan.Outcome ?? new PlanOutcome { Targets = [] };
        return new ApplyAnswer
        {
            PlanId = plan.Id.Value,
            Status = PlanStatusNames.Of(plan.Status),
            Summary = plan.Content.Impact.Sentence,
            Objects = [.. outcome.Targets.Select(target => new AppliedObject(target.Target, ResultName(target.Result), target.Message))],
            Rollouts = outcome.Rollouts.Count == 0 ? null : outcome.Rollouts,
            Undo = outcome.Undo.Count == 0 ? null : [.. outcome.Undo.Select(Bounded)],
            Recovered = outcome.Recovered ? true : null,
            Next = NextStep(outcome),
        };
    }

    private static string NextStep(PlanOutcome outcome) => outcome.Rollouts.Select(rollout => rollout.State).ToArray() switch
    {
        { Length: 0 } => "Verify with get_k8s_status.",
        var states when states.Contains(RolloutWatch.Stuck) => "The change is written but the rollout is stuck: see get_deployment_diagnostics.",
        var states when states.Contains(RolloutWatch.Progressing) => "The change is written but the rollout is still under way, not yet a success: look again with get_k8s_status.",
        var states when states.Contains(RolloutWatch.Unknown) => "The change is written but the rollout could not be watched: look with get_k8s_status.",
        _ => "The rollout is complete. Verify with get_k8s_status.",
    };

    private static UndoCall Bounded(UndoCall undo) => undo.Arguments is { Length: > UndoLength }
        ? undo with { Arguments = null, Note = $"{undo.Note} The whole call is on the plan's page." }
        : undo;

    private static string ResultName(TargetResult result) => result switch
    {
        TargetResult.Written => "written",
        TargetResult.AlreadySo => "already-so",
        TargetResult.Failed => "failed",
        _ => "not-attempted",
    };
}

/// <summary>One object of the answer.</summary>
internal sealed record AppliedObject([property: JsonPropertyName("object")] string Reference, string Result, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplyAnswer))]
internal sealed partial class ExecutionJson : JsonSerializerContext;
