using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;
using ModelContextProtocol.Protocol;
using Xunit.Abstractions;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>How large answers may be, and how much memory a large namespace may cost.</summary>
public sealed class BudgetTests(ITestOutputHelper output) : IDisposable
{
    private const int KiB = 1024;
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("budget");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_status_of_200_pods_in_20_deployments_fits_in_12_KiB_and_names_them_all()
    {
        var result = await CallAsync(new SyntheticNamespace(20, 200) { BrokenPods = 7 }, "get_k8s_status", []);

        var answer = result.StructuredContent!.Value;
        answer.GetProperty("deployments").GetArrayLength().ShouldBe(20);
        answer.TryGetProperty("omitted", out _).ShouldBeFalse();
        answer.GetProperty("observed").GetString().ShouldNotBeNullOrEmpty();
        Size(result).ShouldBeLessThanOrEqualTo(12 * KiB);
    }

    [Theory]
    [InlineData("get_deployment_diagnostics", "name", "web-0")]
    [InlineData("get_service_diagnostics", "name", "web-0")]
    [InlineData("get_pod_diagnostics", "podName", "web-0-7d9c6b5f4d-0")]
    public async Task Diagnostics_fit_in_8_KiB(string tool, string argument, string name)
    {
        var result = await CallAsync(new SyntheticNamespace(1, 300) { BrokenPods = 40 }, tool, new JsonObject { [argument] = name, ["limit"] = 100 });

        result.StructuredContent!.Value.GetProperty("causes").GetArrayLength().ShouldBeGreaterThan(0);
        Size(result).ShouldBeLessThanOrEqualTo(8 * KiB);
    }

    [Theory]
    [InlineData("get_deployment_diagnostics", "name", "web-0")]
    [InlineData("get_service_diagnostics", "name", "web-0")]
    [InlineData("get_pod_diagnostics", "podName", "web-0-7d9c6b5f4d-0")]
    public async Task Diagnostics_say_that_events_were_left_unread(string tool, string argument, string name) =>
        Omitted(await CallAsync(new SyntheticNamespace(1, 20_001) { BrokenPods = 1 }, tool, new JsonObject { [argument] = name }))
            .ShouldContain("only the first 20000 events were looked at; get_k8s_events with fieldSelector regarding.name=NAME finds those of one object");

    [Fact]
    public async Task Diagnostics_say_that_ReplicaSets_were_left_unread() =>
        Omitted(await CallAsync(new SyntheticNamespace(201, 201), "get_deployment_diagnostics", new JsonObject { ["name"] = "web-0" }))
            .ShouldContain("only the first 200 ReplicaSets were looked at; Pods of others are missing here");

    [Fact]
    public async Task Events_say_what_they_leave_out()
    {
        var result = await CallAsync(new SyntheticNamespace(10, 1000), "get_k8s_events", new JsonObject { ["limit"] = 100 });

        result.StructuredContent!.Value.GetProperty("omitted")[0].GetString()!.ShouldContain("older groups");
        Size(result).ShouldBeLessThanOrEqualTo(32 * KiB);
    }

    [Fact]
    public async Task A_namespace_of_10000_pods_costs_less_than_64_MiB_and_answers_in_16_KiB()
    {
        await using var cluster = await FakeApiServer.StartAsync(new SyntheticNamespace(500, 10_000) { BrokenPods = 100 }.AnswerAsync);
        await using var server = await StdioServer.StartAsync(
            ("KUBECONFIG", _folder.Write("config", KubeconfigText.For(cluster.Address))),
            ("K8S_MCP_ALLOWED_NAMESPACES", "shop"),
            ("K8S_MCP_APPROVAL_ROOT", _folder.File("approvals")));
        await server.CallAsync("get_allowed_namespaces", []);
        var before = server.ResidentBytes;
        server.ResetPeak();

        var result = await server.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = "shop" });

        var growth = server.PeakBytes - before;
        output.WriteLine($"at rest {before / KiB / KiB} MiB, grew by {growth / KiB / KiB} MiB, answer {Encoding.UTF8.GetByteCount(result.GetRawText()) / KiB} KiB");
        var answer = result.GetProperty("structuredContent");
        answer.GetProperty("summary").GetString()!.ShouldContain("10000 Pods (9900 ready)");
        answer.GetProperty("omitted").GetArrayLength().ShouldBeGreaterThan(0);
        Encoding.UTF8.GetByteCount(result.GetRawText()).ShouldBeLessThanOrEqualTo(16 * KiB);
        growth.ShouldBeLessThan(64L * KiB * KiB);
    }

    private async Task<CallToolResult> CallAsync(SyntheticNamespace ns, string tool, JsonObject arguments)
    {
        await using var cluster = await FakeApiServer.StartAsync(ns.AnswerAsync);
        using var server = ServerUnderTest.Start(_folder.Write("config", KubeconfigText.For(cluster.Address)), "shop", time: null, ("K8S_MCP_READ_CACHE", "true"));
        arguments["namespace"] = "shop";
        var result = await server.CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        output.WriteLine($"{tool}: {Size(result)} bytes");
        output.WriteLine(ServerUnderTest.Text(result));
        return result;
    }

    private static IEnumerable<string?> Omitted(CallToolResult result) =>
        result.StructuredContent!.Value.GetProperty("omitted").EnumerateArray().Select(line => line.GetString());

    /// <summary>Structured content and text together, as a client receives them.</summary>
    private static int Size(CallToolResult result) =>
        Encoding.UTF8.GetByteCount(result.StructuredContent!.Value.GetRawText()) + Encoding.UTF8.GetByteCount(ServerUnderTest.Text(result));
}
