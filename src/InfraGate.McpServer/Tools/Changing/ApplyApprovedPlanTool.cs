using InfraGate.McpServer.Execution;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>The only tool that changes the cluster.</summary>
internal sealed class ApplyApprovedPlanTool(ApplyService service, OpenedPlanStore store, CancellationToken stopping) : ITool
{
    public ToolDefinition Definition { get; } = new()
    {
        Name = "apply_approved_plan",
        Title = "Apply an approved plan",
        Description = "Carries an approved plan out, exactly once, if the cluster still is as reviewed, and reports the rollout. For a plan that is not approved yet it returns the link where a human can approve it.",
        Effect = ToolEffect.Applies,
        Parameters =
        [
            PlanArgument.Parameter,
            // The gateway waits and takes the argument away; standing alone there is no one to wait for.
            new ToolParameter("waitSeconds", ToolParameterType.Integer, "Wait so long for the human's decision") { Minimum = 0, Maximum = 50 },
        ],
        OutputProperties = """
            "planId":{"type":"string"},"status":{"type":"string"},"summary":{"type":"string"},"objects":{"type":"array","items":{"type":"object"}},"rollouts":{"type":"array","items":{"type":"object"}},"undo":{"type":"array","items":{"type":"object"}},"recovered":{"type":"boolean"},"next":{"type":"string"}
            """,
        UntrustedProperties = ["detail", "message"],
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var id = PlanArgument.Read(arguments);
        await store.OpenAsync(cancellationToken);
        try
        {
            return ToolAnswer.From(await service.ApplyAsync(id, call.Caller, call.Progress, cancellationToken, stopping), ExecutionJson.Default.ApplyAnswer);
        }
        catch (OutcomeUnknownException exception)
        {
            throw new ToolException(
                ToolErrorCode.ClusterUnavailable,
                $"The cluster stopped answering while plan {id} was to be carried out; InfraGate establishes what happened as soon as it answers.",
                "Call apply_approved_plan again with the same planId to get the outcome; nothing is carried out twice.",
                inner: exception);
        }
    }
}
