using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Hosting;

/// <summary>The built program over stdio.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("process");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_speaks_the_protocol_on_stdout_logs_json_on_stderr_and_ends_with_its_input()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 500, "broken"));
        await using var server = await StartAsync(cluster);

        var tools = await server.RequestAsync("tools/list");
        var failed = await server.CallAsync("get_k8s_status", new JsonObject { ["namespace"] = "shop" });
        var (exitCode, output, errors) = await server.EndAsync();

        tools.GetProperty("tools").GetArrayLength().ShouldBeGreaterThanOrEqualTo(8);
        failed.GetProperty("isError").GetBoolean().ShouldBeTrue();
        failed.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString().ShouldBe("cluster_unavailable");
        exitCode.ShouldBe(0);
        output.ShouldBeEmpty();
        var entries = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        entries.ShouldContain(entry => entry.GetProperty("event").GetString() == "LogRetry");
        entries.ShouldAllBe(entry => entry.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UnixEpoch && entry.GetProperty("level").GetString() != "");
    }

    [Fact]
    public async Task Log_lines_of_a_call_carry_the_trace_that_the_gateway_began()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 503, "not now"));
        await using var server = await StartAsync(cluster);

        await server.CallAsync(
            "get_k8s_resource",
            new JsonObject { ["namespace"] = "shop", ["kind"] = "Pod", ["name"] = "web" },
            new JsonObject { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });
        var (_, _, errors) = await server.EndAsync();

        errors.ShouldContain("\"trace\":\"0af7651916cd43dd8448eb211c80319c\"");
        cluster.Requests.First().Header("traceparent").ShouldNotBeNull().ShouldContain("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task A_wrong_configuration_ends_it_with_78_and_all_mistakes()
    {
        await using var server = StdioServer.Launch(("KUBECONFIG", "/no/such/file"), ("K8S_MCP_MAX_REPLICAS", "many"));

        var (exitCode, output, errors) = await server.EndAsync();

        exitCode.ShouldBe(78);
        output.ShouldBeEmpty();
        errors.ShouldContain("/no/such/file");
        errors.ShouldContain("K8S_MCP_MAX_REPLICAS");
    }

    [Fact]
    public async Task A_process_that_did_not_launch_it_cannot_pose_as_the_gateway()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await using var server = StdioServer.Launch(
            ("KUBECONFIG", _folder.Write("config", KubeconfigText.For(new Uri("http://127.0.0.1:1")))),
            ("INFRA_GATE_GRANT_PUBLIC_KEY", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())),
            ("INFRA_GATE_GATEWAY_PID", "1"));

        var (exitCode, _, errors) = await server.EndAsync();

        exitCode.ShouldBe(78);
        errors.ShouldContain("INFRA_GATE_GATEWAY_PID");
    }

    [Fact]
    public async Task A_cancelled_call_stops_the_request_to_the_cluster()
    {
        var arrived = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        await using var cluster = await FakeApiServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var server = await StartAsync(cluster);

        await server.WriteAsync("""{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"get_k8s_resource","arguments":{"namespace":"shop","kind":"Pod","name":"web"}}}""");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await server.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow"}}""");

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private Task<StdioServer> StartAsync(FakeApiServer cluster) => StdioServer.StartAsync(
        ("KUBECONFIG", _folder.Write("config", KubeconfigText.For(cluster.Address))),
        ("K8S_MCP_ALLOWED_NAMESPACES", "shop"),
        ("K8S_MCP_APPROVAL_ROOT", _folder.File("approvals")));
}
