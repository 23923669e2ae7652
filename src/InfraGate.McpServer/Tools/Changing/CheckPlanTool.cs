using System.Text.Json.Serialization;
using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tools.Changing;

/// <summary>
/// Unlisted, for the gateway's approval pages alone: whether a plan could still be applied. It needs no caller; it looks at the cluster on behalf of the plan's
/// requester, writes nothing and shows no value.
/// </summary>
internal sealed class CheckPlanTool(ApplyService service, PlanAccess access, OpenedPlanStore store) : ITool
{
    public const string Name = "infragate.dev/check_plan";

    public ToolDefinition Definition { get; } = new()
    {
        Name = Name,
        Title = "Check a plan against the cluster",
        Description = "For the approval pages.",
        Effect = ToolEffect.Reads,
        Parameters = [PlanArgument.Parameter],
        OutputProperties = """ "state":{"type":"string"},"detail":{"type":"string"} """,
    };

    public async Task<ToolAnswer> InvokeAsync(ToolArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var id = PlanArgument.Read(arguments);
        await store.OpenAsync(cancellationToken);
        return ToolAnswer.From(await CheckAsync(id, cancellationToken), CheckPlanJson.Default.PlanState);
    }

    private async Task<PlanState> CheckAsync(InfraGate.Plans.PlanId id, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await service.FindAsync(id, cancellationToken);
            var client = access.Open(RequesterCaller.Of(plan), plan.Content);
            var freshness = await FreshnessCheck.ReadAsync(client, plan.Content, cancellationToken);
            return freshness.IsFresh ? new PlanState("fresh", Detail: null) : new PlanState("stale", $"{freshness.Difference}.");
        }
        catch (KubernetesException failure)
        {
            return new PlanState("unknown", ErrorAnswers.Coded(failure).Message);
        }
        catch (ToolException refusal)
        {
            return new PlanState("unknown", refusal.Message);
        }
    }
}

/// <summary>The answer to the approval page.</summary>
/// <param name="State"><c>fresh</c>, <c>stale</c> or <c>unknown</c>.</param>
/// <param name="Detail">What changed, or why it is not known, in a sentence.</param>
internal sealed record PlanState(string State, string? Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanState))]
internal sealed partial class CheckPlanJson : JsonSerializerContext;
