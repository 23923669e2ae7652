using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>The last stage: asks the server, on behalf of the verified caller. A read whose server died is asked once more; nothing else ever is.</summary>
internal sealed class DownstreamStage(ServerSupervisor supervisor, ToolCatalogSource catalog) : IToolCallStage
{
    private const string CallerKey = "infragate.dev/caller";
    private static readonly TimeSpan s_waitForServer = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Downstream;

    /// <inheritdoc />
    public async ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        if (!(await catalog.GetAsync(cancel)).Knows(call.Tool))
        {
            // What is not listed is not called (CVE-2026-46519): the server also has a tool for the gateway alone.
            throw new McpProtocolException($"Unknown tool: '{call.Tool}'", McpErrorCode.InvalidParams);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var server = await supervisor.GetAsync(s_waitForServer, cancel);
                return await server.CallAsync(call.Tool, call.Arguments, MetaOf(call), ProgressOf(call, cancel), cancel);
            }
            catch (DownstreamLostException lost) when (lost.MayHaveRun && call.IsRead && attempt == 1)
            {
                // Reading twice changes nothing; the next attempt waits for the new server.
            }
            catch (DownstreamLostException lost)
            {
                return Explain(call, lost);
            }
        }
    }

    private static JsonObject MetaOf(ToolCall call)
    {
        var meta = (JsonObject?)call.Meta?.DeepClone() ?? [];
        meta[CallerKey] = JsonSerializer.SerializeToNode(CallerMetadata.Of(call));
        if (Activity.Current?.Id is { } traceparent)
        {
            meta["traceparent"] = traceparent;
        }

        return meta;
    }

    private static Func<ProgressNotificationValue, Task>? ProgressOf(ToolCall call, CancellationToken cancel) =>
        call.ProgressToken is { } token
            ? progress => call.Client.NotifyProgressAsync(token, Clean(call, progress), options: null, cancel)
            : null;

    private static ProgressNotificationValue Clean(ToolCall call, ProgressNotificationValue progress) =>
        new() { Progress = progress.Progress, Total = progress.Total, Message = progress.Message is { } message ? call.CleanProgress(message) : null };

    private static CallToolResult Explain(ToolCall call, DownstreamLostException lost) => call.Tool switch
    {
        _ when !lost.MayHaveRun => ToolErrors.Create(
            ToolErrors.ClusterUnavailable, "The server that talks to the cluster is being restarted; nothing was done.", "Call again in a few seconds."),
        "apply_approved_plan" => ToolErrors.Create(
            ToolErrors.ClusterUnavailable, "The server ended while it applied the plan, so its outcome is not known here.", "Call apply_approved_plan again with the same planId: it tells the recorded outcome and never applies twice."),
        _ => ToolErrors.Create(
            ToolErrors.ClusterUnavailable, "The server that talks to the cluster ended during the call.", "Call again with the same arguments; an equal pending plan is returned, not made twice."),
    };

    /// <summary>The caller as the server reads it; the property names are part of the contract between the two processes.</summary>
    private sealed record CallerMetadata(
        [property: System.Text.Json.Serialization.JsonPropertyName("subject")] string Subject,
        [property: System.Text.Json.Serialization.JsonPropertyName("name")] string Name,
        [property: System.Text.Json.Serialization.JsonPropertyName("client")] string Client,
        [property: System.Text.Json.Serialization.JsonPropertyName("clientName")] string? ClientName,
        [property: System.Text.Json.Serialization.JsonPropertyName("owner")] string? Owner,
        [property: System.Text.Json.Serialization.JsonPropertyName("groups")] IReadOnlyList<string> Groups,
        [property: System.Text.Json.Serialization.JsonPropertyName("scopes")] IReadOnlyList<string> Scopes,
        [property: System.Text.Json.Serialization.JsonPropertyName("namespaces")] IReadOnlyList<string>? Namespaces)
    {
        public static CallerMetadata Of(ToolCall call)
        {
            var caller = call.Caller;

            // Tokens of most issuers name no client; what it said at initialize is worth no less than what it registered as.
            var claimed = ClaimedName.Of(caller.ClientName ?? call.Client.ClientInfo?.Name);
            return new(caller.Subject, caller.Name, caller.Client, claimed == caller.Client ? null : claimed, caller.Owner, caller.Groups, caller.Scopes, caller.Namespaces);
        }
    }
}
