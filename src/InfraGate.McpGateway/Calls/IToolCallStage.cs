using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>Goes on to the next stage.</summary>
internal delegate ValueTask<CallToolResult> ToolCallNext(ToolCall call, CancellationToken cancel);

/// <summary>
/// One concern of a tool call. A stage may answer itself, change what goes on, or change what comes back; the stages run in the order of
/// <see cref="Position"/>, the first one outermost.
/// </summary>
internal interface IToolCallStage
{
    /// <summary>Where the stage stands.</summary>
    ToolCallPosition Position { get; }

    /// <summary>Handles the call, usually by way of <paramref name="next"/>.</summary>
    ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel);
}

/// <summary>The order of the stages, outermost first.</summary>
internal enum ToolCallPosition
{
    /// <summary>Counts and times the whole call.</summary>
    Measure,

    /// <summary>Refuses what the caller's scopes do not cover.</summary>
    Scope,

    /// <summary>Waits for a place, bounds the time.</summary>
    Limits,

    /// <summary>Inspects what goes in, sanitizes what comes out.</summary>
    Guardrail,

    /// <summary>Holds back <c>apply_approved_plan</c> until a human has approved.</summary>
    Approval,

    /// <summary>Asks the server.</summary>
    Downstream,
}
