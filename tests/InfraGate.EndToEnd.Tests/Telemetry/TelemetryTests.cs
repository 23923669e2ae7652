using System.Diagnostics;
using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Telemetry;

/// <summary>What operators see of one call, from the client's request to the cluster, in traces, metrics and logs of both processes.</summary>
public sealed class TelemetryTests(TracedGateway stack) : IClassFixture<TracedGateway>
{
    private const string Gateway = "infragate-gateway";
    private const string Server = "infragate-server";
    private const string ToTheCluster = "kubernetes GET";
    private const string ClientSpan = "00f067aa0ba902b7";

    [Fact]
    public async Task One_trace_leads_from_the_clients_request_through_both_processes_to_each_request_to_the_cluster()
    {
        var trace = await CallInATraceAsync();

        var spans = await Eventually.GetAsync(() => Task.FromResult(SpansOf(trace)), IsWhole);

        var requests = spans.Where(span => span.Name == ToTheCluster).ToList();
        requests.ShouldNotBeEmpty();
        foreach (var request in requests)
        {
            request.Service.ShouldBe(Server);
            var inServer = spans.Single(span => span.Id == request.Parent);
            (inServer.Service, inServer.Name).ShouldBe((Server, "tools/call get_deployment_diagnostics"));
            var inGateway = spans.Single(span => span.Id == inServer.Parent);
            (inGateway.Service, inGateway.Name).ShouldBe((Gateway, "tools/call get_deployment_diagnostics"));
            var http = spans.Single(span => span.Id == inGateway.Parent);
            http.Service.ShouldBe(Gateway);
            http.Parent.ShouldBe(ClientSpan);
        }
    }

    [Fact]
    public async Task The_log_lines_of_both_processes_on_a_call_that_fails_carry_that_trace()
    {
        var trace = await CallInATraceAsync("a-deployment-that-is-not-there");

        await Eventually.GetAsync(
            () => Task.FromResult(LogOf(trace).Select(line => (string?)line["category"]).ToList()),
            categories => categories.Contains("InfraGate.McpServer.Tools.ToolDispatcher") && categories.Contains("InfraGate.McpGateway.Calls.MeasureStage"));
    }

    [Theory]
    [InlineData("mcp_sessions_total")]
    [InlineData("mcp_invocations_total")]
    [InlineData("mcp_call_duration_seconds")]
    [InlineData("mcp_plans")]
    [InlineData("mcp_downstream_up")]
    public async Task Measurements_arrive_too(string name)
    {
        await CallInATraceAsync();

        await Eventually.TrueAsync(() => Task.FromResult(stack.Collector.HasMetric(Gateway, name)));
    }

    /// <summary>Whether a request to the cluster is there and nothing is missing above any span. Each process sends when it likes, and a span only after it has ended, so a parent may arrive after its child.</summary>
    private static bool IsWhole(List<CollectedSpan> spans)
    {
        var known = spans.Select(span => span.Id).Append(ClientSpan).ToHashSet();
        return spans.Any(span => span.Name == ToTheCluster) && spans.All(span => known.Contains(span.Parent));
    }

    private List<CollectedSpan> SpansOf(string trace) => [.. stack.Collector.Spans.Where(span => span.Trace == trace)];

    /// <summary>The entries of that trace; the server's are relayed by the gateway, each as it was written.</summary>
    private List<JsonNode> LogOf(string trace) =>
    [
        .. stack.Gateway.Process.Process.RecentLines
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonNode.Parse(line)!)
            .Select(line => (string?)line["values"]?["Line"] is { } relayed && relayed.StartsWith('{') ? JsonNode.Parse(relayed)! : line)
            .Where(line => (string?)line["trace"] == trace),
    ];

    private async Task<string> CallInATraceAsync(string deployment = "nginx-demo")
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var session = await RawSession.OpenAsync(stack.Gateway.Endpoint, await stack.TokenAsync(Person.Alice));
        session.TraceParent = $"00-{trace}-{ClientSpan}-01";
        await session.CallAsync("get_deployment_diagnostics", new JsonObject { ["namespace"] = IClusterUnderTest.DemoNamespace, ["name"] = deployment });
        return trace;
    }
}
