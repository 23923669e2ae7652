using System.Diagnostics;
using System.Text.Json;
using InfraGate.McpGateway.Calls;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Guardrails.Audit;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>
/// Puts every tool call through the guardrail. What is found must be on record before it goes on: if the audit cannot be written, a call with findings in
/// its arguments is not made, and an answer with findings is withheld (<c>policy_blocked</c>: the rule that findings are recorded is what stops it).
/// </summary>
internal sealed partial class GuardrailStage(Guardrail guardrail, ToolCatalogSource catalog, ILogger<GuardrailStage> logger) : IToolCallStage
{
    private const string PlanIdArgument = "planId";
    private const int LongestPlanId = 64;

    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Guardrail;

    /// <inheritdoc />
    public async ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        var context = ContextOf(call);
        try
        {
            guardrail.InspectInput(call.Tool, call.Arguments, context);
        }
        catch (GuardrailAuditException failure)
        {
            LogUnrecorded(failure, GuardrailDirection.Input);
            return ToolErrors.Create(
                ToolErrors.PolicyBlocked, "The arguments hold something that must go on record, and the guardrail audit cannot be written. Nothing was done.",
                "Tell whoever runs the gateway that INFRA_GATE_GUARD_AUDIT_ROOT cannot be written, then call again.");
        }

        var result = await AskAsync(call with { CleanProgress = text => CleanProgress(call.Tool, text, context) }, next, context, cancel);
        try
        {
            return guardrail.Sanitize(call.Tool, result, context with { PlanId = context.PlanId ?? PlanIdOf(result.StructuredContent) });
        }
        catch (GuardrailAuditException failure)
        {
            LogUnrecorded(failure, GuardrailDirection.Output);
            return ToolErrors.Create(
                ToolErrors.PolicyBlocked, "The call was made, but its answer holds something that must go on record, and the guardrail audit cannot be written. The answer is withheld.",
                "Tell whoever runs the gateway that INFRA_GATE_GUARD_AUDIT_ROOT cannot be written. After apply_approved_plan, look at get_k8s_status for what is so.");
        }
    }

    private async ValueTask<CallToolResult> AskAsync(ToolCall call, ToolCallNext next, GuardrailContext context, CancellationToken cancel)
    {
        McpProtocolException refusal;
        try
        {
            return await next(call, cancel);
        }
        catch (McpProtocolException caught)
        {
            refusal = caught;
        }

        // A protocol error's message reaches the model as a result does. The original is not kept inside: it would be logged.
        var message = CleanProgress(call.Tool, refusal.Message, context) ?? "The server refused the request.";
        throw ReferenceEquals(message, refusal.Message) ? refusal : new McpProtocolException(message, refusal.ErrorCode);
    }

    private string? CleanProgress(string tool, string text, GuardrailContext context)
    {
        try
        {
            return guardrail.SanitizeText(tool, text, context);
        }
        catch (GuardrailAuditException failure)
        {
            LogUnrecorded(failure, GuardrailDirection.Notification);
            return null;
        }
    }

    private GuardrailContext ContextOf(ToolCall call) => new()
    {
        Subject = call.Caller.Subject,
        Client = call.Caller.Client,
        SessionHash = GuardrailContext.HashSession(call.Client.SessionId),
        TraceId = Activity.Current?.TraceId.ToHexString(),
        PlanId = call.Arguments.TryGetValue(PlanIdArgument, out var plan) ? AsPlanId(plan) : null,
        Untrusted = UntrustedLabel.DeclaredBy(catalog.Current?.Find(call.Tool)),
    };

    private static string? PlanIdOf(JsonElement? content) =>
        content is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty(PlanIdArgument, out var plan) ? AsPlanId(plan) : null;

    // An argument may be anything; only what can be a plan's id is written down.
    private static string? AsPlanId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestPlanId } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? id : null;

    [LoggerMessage(LogLevel.Error, "A guardrail finding ({Direction}) could not be recorded; what it was about was kept back")]
    private partial void LogUnrecorded(Exception failure, GuardrailDirection direction);
}
