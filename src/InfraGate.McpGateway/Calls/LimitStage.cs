using System.Threading.RateLimiting;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Observability;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>Lets a bounded number of calls run at once, the rest wait in a bounded queue, and bounds the time of each, its waiting included.</summary>
internal sealed class LimitStage(GatewayOptions options, GatewayMetrics metrics, TimeProvider time) : IToolCallStage, IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Limits.MaxConcurrentCalls,
        QueueLimit = options.Limits.MaxQueuedCalls,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Limits;

    /// <inheritdoc />
    public async ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        using var turn = new CallTurn(_limiter, options.Limits.CallTimeout, metrics, time);
        using var timeout = new CancellationTokenSource(options.Limits.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return await turn.TryEnterAsync(either.Token) ? await next(call with { Turn = turn }, either.Token) : CallTurn.NoPlace();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return ToolErrors.Create(ToolErrors.Timeout, $"The call took longer than {options.Limits.CallTimeout.TotalSeconds:0} s and was stopped.", Hint(call));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private static string Hint(ToolCall call) => call.IsRead
        ? "Ask for less: fewer lines, one object, a label selector."
        : "Look at get_k8s_status and call again with the same arguments: nothing is done twice.";
}
