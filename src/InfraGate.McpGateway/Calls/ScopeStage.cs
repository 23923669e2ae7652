using InfraGate.McpGateway.Auth;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>
/// Refuses calls that the caller's scopes do not cover. The transport already answers those with 403 and a step-up challenge; this stage holds whatever
/// the transport, so that no path leads around it (CVE-2026-46519).
/// </summary>
internal sealed class ScopeStage : IToolCallStage
{
    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Scope;

    /// <inheritdoc />
    public ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        if (ToolScopes.Allow(call.Caller.Scopes, call.Tool))
        {
            return next(call, cancel);
        }

        var needed = ToolScopes.RequiredFor(call.Tool);
        return ValueTask.FromResult(ToolErrors.Create(ToolErrors.Forbidden, $"The token does not carry the scope {needed}.", $"Sign in again and ask for {needed}."));
    }
}
