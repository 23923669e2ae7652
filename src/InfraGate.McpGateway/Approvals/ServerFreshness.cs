using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Downstream;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using ModelContextProtocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Asks the server, the only process that reads the cluster, whether a plan could still be applied. The answer reaches only the approval pages.</summary>
internal sealed class ServerFreshness(ServerSupervisor supervisor) : IPlanFreshness
{
    /// <summary>The server's unlisted tool; clients cannot call it, since the pipeline refuses names with this prefix.</summary>
    public const string Tool = "infragate.dev/check_plan";

    /// <inheritdoc />
    public async Task<Freshness> CheckAsync(PlanId id, CancellationToken cancellationToken = default)
    {
        if (supervisor.Current is not { } server)
        {
            return new Freshness(FreshnessState.Unknown, "the server that talks to the cluster is being restarted.");
        }

        try
        {
            var arguments = new Dictionary<string, JsonElement> { ["planId"] = JsonSerializer.SerializeToElement(id.Value) };
            var result = await server.CallAsync(Tool, arguments, new JsonObject(), onProgress: null, cancellationToken);
            return Read(result.StructuredContent);
        }
        catch (Exception failure) when (failure is McpException or DownstreamLostException)
        {
            return new Freshness(FreshnessState.Unknown, "the server that talks to the cluster did not answer.");
        }
    }

    private static Freshness Read(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Object } answer || !answer.TryGetProperty("state", out var state))
        {
            return new Freshness(FreshnessState.Unknown, "the cluster could not be asked.");
        }

        var detail = answer.TryGetProperty("detail", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return state.GetString() switch
        {
            "fresh" => new Freshness(FreshnessState.Fresh, Detail: null),
            "stale" => new Freshness(FreshnessState.Stale, detail),
            _ => new Freshness(FreshnessState.Unknown, detail ?? "the cluster could not be asked."),
        };
    }
}
