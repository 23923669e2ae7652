using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Downstream;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Downstream;

public sealed class SupervisionTests
{
    [Fact]
    public async Task A_killed_server_is_replaced_and_readiness_tells_it()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();
        var first = (int)(await client.CallAsync("get_echo")).Structured["pid"]!;

        gateway.HoldStarts();
        Kill(first);
        await Eventually.TrueAsync(async () => await StatusOfAsync(client, "/readyz") == HttpStatusCode.ServiceUnavailable);
        gateway.LetStart();
        await Eventually.TrueAsync(async () => await StatusOfAsync(client, "/readyz") == HttpStatusCode.OK);

        ((int)(await client.CallAsync("get_echo")).Structured["pid"]!).ShouldNotBe(first);
        (await MetricsAsync(client)).ShouldContain("mcp_downstream_restarts_total{reason=\"ended\"} 1");
    }

    [Fact]
    public async Task A_read_whose_server_dies_is_asked_once_more()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();

        var answer = await client.CallAsync("get_crash_once");

        answer.ToolError.ShouldBeNull();
        gateway.Journaled("get_crash_once").ShouldBe(2);
    }

    [Fact]
    public async Task A_read_that_kills_its_server_twice_gets_a_coded_error()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();

        (await client.CallAsync("get_crash")).ToolError.ShouldBe("cluster_unavailable");

        gateway.Journaled("get_crash").ShouldBe(2);
    }

    [Theory]
    [InlineData("request_crash")]
    [InlineData("apply_crash")]
    public async Task What_may_change_something_is_never_asked_twice(string tool)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();

        (await client.CallAsync(tool)).ToolError.ShouldBe("cluster_unavailable");
        await gateway.ReadyAsync();

        gateway.Journaled(tool).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_replaced()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();
        var first = (int)(await client.CallAsync("get_echo")).Structured["pid"]!;

        Suspend(first);
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Services.GetRequiredService<ServerSupervisor>().Current?.ProcessId is not null and var pid && pid != first));

        ((int)(await client.CallAsync("get_echo")).Structured["pid"]!).ShouldNotBe(first);
        (await MetricsAsync(client)).ShouldContain("mcp_downstream_restarts_total{reason=\"silent\"}");
    }

    [Fact]
    public async Task What_changes_something_is_not_asked_twice_when_its_server_falls_silent()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();
        var slow = client.CallAsync("apply_slow", new JsonObject { ["milliseconds"] = 60_000 });
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Journaled("apply_slow") == 1));

        Suspend(gateway.Services.GetRequiredService<ServerSupervisor>().Current!.ProcessId);

        (await slow).ToolError.ShouldBe("cluster_unavailable");
        await gateway.ReadyAsync();
        gateway.Journaled("apply_slow").ShouldBe(1);
    }

    [Fact]
    public async Task Tools_can_be_listed_while_the_server_is_away()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();
        Kill(gateway.Services.GetRequiredService<ServerSupervisor>().Current!.ProcessId);

        (await client.AskAsync("tools/list")).Result["tools"]!.AsArray().Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Ten_kills_under_load_yield_answers_and_coded_errors_only()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var failed = 0;
        var callers = Enumerable.Range(0, 8).Select(async caller =>
        {
            using var client = gateway.ClientOf("caller-" + caller);
            await client.InitializeAsync();
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var mark = $"{caller}/{i}";
                var answer = await client.CallAsync("get_echo", new JsonObject { ["mark"] = mark });
                Interlocked.Increment(ref asked);
                if (answer.ToolError is { } code)
                {
                    code.ShouldBe("cluster_unavailable");
                    Interlocked.Increment(ref failed);
                }
                else
                {
                    ((string?)answer.Structured["arguments"]!["mark"]).ShouldBe(mark);
                }
            }
        }).ToList();

        var supervisor = gateway.Services.GetRequiredService<ServerSupervisor>();
        for (var kill = 0; kill < 10; kill++)
        {
            var victim = await Eventually.GetAsync(() => Task.FromResult(supervisor.Current), current => current is not null);
            var before = Volatile.Read(ref asked);
            await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref asked) > before + 8));
            Kill(victim!.ProcessId);
            await Eventually.TrueAsync(() => Task.FromResult(supervisor.Current != victim));
        }

        await gateway.ReadyAsync();
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        asked.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task The_server_sees_only_the_variables_it_is_meant_to_see()
    {
        Environment.SetEnvironmentVariable("INFRA_GATE_APPROVAL_OAUTH_CLIENT_SECRET", "not-for-the-server");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "not-for-the-server");
        Environment.SetEnvironmentVariable("INFRA_GATE_TEST_WANTED", "for-the-server");
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_DOWNSTREAM_ENV"] = "INFRA_GATE_TEST_WANTED" });
        using var client = gateway.ClientOf("alice");
        await gateway.ReadyAsync();
        await client.InitializeAsync();

        var seen = (await client.CallAsync("get_environment")).Structured;

        seen.ShouldNotContain(variable => variable.Key == "INFRA_GATE_APPROVAL_OAUTH_CLIENT_SECRET" || variable.Key == "AWS_SECRET_ACCESS_KEY");
        ((string?)seen["INFRA_GATE_TEST_WANTED"]).ShouldBe("for-the-server");
        ((string?)seen["INFRA_GATE_GATEWAY_PID"]).ShouldBe(Environment.ProcessId.ToString());
        ((string?)seen["PATH"]).ShouldNotBeNullOrEmpty();
        ((string?)seen["DOTNET_GCgen0size"]).ShouldBe("0x400000");
    }

    internal static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static void Suspend(int pid)
    {
        using var kill = Process.Start("kill", ["-STOP", pid.ToString()]);
        kill.WaitForExit();
    }

    private static async Task<HttpStatusCode> StatusOfAsync(McpWire client, string path)
    {
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, path));
        return response.StatusCode;
    }

    private static async Task<string> MetricsAsync(McpWire client)
    {
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, "/metrics"));
        return await response.Content.ReadAsStringAsync();
    }
}
