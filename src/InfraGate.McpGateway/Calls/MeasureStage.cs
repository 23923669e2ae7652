using System.Diagnostics;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Observability;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>Counts and times each call, gives it a span, and logs one line about it: who, what, how long, how it ended, never its arguments or result.</summary>
internal sealed partial class MeasureStage(GatewayMetrics metrics, ToolCatalogSource catalog, TimeProvider time, ILogger<MeasureStage> logger) : IToolCallStage
{
    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Measure;

    /// <inheritdoc />
    public async ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        // A name that no tool has comes from the client; as a label it would let a client grow the metrics without bound.
        var tool = catalog.Current?.Knows(call.Tool) == true ? call.Tool : "unknown";
        var started = time.GetTimestamp();
        using var span = GatewayTelemetry.Source.StartActivity("tools/call " + tool);
        span?.SetTag("mcp.tool.name", tool);
        span?.SetTag("enduser.id", call.Caller.Subject);
        var outcome = "exception";
        try
        {
            var result = await next(call, cancel);
            outcome = ToolErrors.CodeOf(result) ?? "ok";
            return result;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            outcome = "cancelled";
            throw;
        }
        catch (McpException)
        {
            outcome = "protocol_error";
            throw;
        }
        catch (InputRequiredException)
        {
            outcome = "input_required";
            throw;
        }
        catch (Exception failure)
        {
            // The log learns what happened, the caller only that something did: nothing internal leaks, and the answer has a code.
            LogFailure(failure, tool);
            return ToolErrors.Create(ToolErrors.ClusterUnavailable, "Something went wrong inside the gateway.", "Call again; if it stays so, the gateway's log says why.");
        }
        finally
        {
            var duration = time.GetElapsedTime(started);
            span?.SetStatus(outcome == "ok" ? ActivityStatusCode.Ok : ActivityStatusCode.Error, outcome);
            metrics.CallEnded(tool, outcome, duration);
            LogCall(tool, call.Caller.Subject, call.Caller.Client, outcome, duration.TotalMilliseconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "Tool {Tool} called by {Subject} through {Client}: {Outcome} in {Milliseconds:0.0} ms")]
    private partial void LogCall(string tool, string subject, string client, string outcome, double milliseconds);

    [LoggerMessage(LogLevel.Error, "The call of {Tool} failed inside the gateway")]
    private partial void LogFailure(Exception failure, string tool);
}
