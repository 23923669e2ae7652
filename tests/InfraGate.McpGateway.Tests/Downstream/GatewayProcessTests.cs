using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Commands;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Downstream;

/// <summary>The gateway's own program, as an operator runs it.</summary>
public sealed class GatewayProcessTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("gateway-process");

    [Fact]
    public async Task SIGTERM_lets_calls_in_flight_finish_refuses_new_ones_and_exits_with_0()
    {
        await using var gateway = Start();
        var url = await UrlOfAsync(gateway);
        using var client = new McpWire(url, token: null) { ApiKey = await MakeKeyAsync() };
        await client.InitializeAsync();
        var held = client.CallAsync("get_held", new JsonObject { ["until"] = _folder.File("release") });
        using var listening = client.Bare(HttpMethod.Get, "/mcp");
        listening.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var stream = await client.SendAsync(listening);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(_folder.File("journal")) && File.ReadAllText(_folder.File("journal")).Contains("get_held", StringComparison.Ordinal)));

        gateway.Send(Signal.Terminate);

        using var late = new McpWire(url, token: null) { ApiKey = client.ApiKey, Session = client.Session };
        await Eventually.TrueAsync(async () => (await late.AskAsync("tools/list")).Status == HttpStatusCode.ServiceUnavailable);
        await File.WriteAllTextAsync(_folder.File("release"), "");
        ((string?)(await held).Structured["tool"]).ShouldBe("get_held");
        (await gateway.WaitForExitAsync(s_deadline)).ShouldBe(0);
    }

    [Fact]
    public async Task However_the_gateway_ends_its_server_ends_with_it()
    {
        await using var gateway = Start();
        using var client = new McpWire(await UrlOfAsync(gateway), token: null) { ApiKey = await MakeKeyAsync() };
        await client.InitializeAsync();
        var server = (int)(await client.CallAsync("get_echo")).Structured["pid"]!;

        gateway.Send(Signal.Kill);

        await gateway.WaitForExitAsync(s_deadline);
        await Eventually.TrueAsync(() => Task.FromResult(!Directory.Exists($"/proc/{server}")));
    }

    [Fact]
    public async Task An_interrupt_at_the_keyboard_does_not_reach_the_server()
    {
        // Ctrl-C goes to a whole process group; the server must be able to finish what is in flight.
        await using var gateway = Start();
        using var client = new McpWire(await UrlOfAsync(gateway), token: null) { ApiKey = await MakeKeyAsync() };
        await client.InitializeAsync();
        var server = (int)(await client.CallAsync("get_echo")).Structured["pid"]!;

        GroupOf(server).ShouldBe(server);
        GroupOf(gateway.Pid).ShouldNotBe(server);
    }

    [Fact]
    public async Task A_taken_port_is_named_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var gateway = Start(("INFRA_GATE_LISTEN", $"http://127.0.0.1:{port}"));

        (await gateway.WaitForExitAsync(s_deadline)).ShouldBe(78);

        var said = string.Join('\n', gateway.RecentLines);
        said.ShouldContain($"127.0.0.1:{port}");
        said.ShouldContain("taken");
        said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_server_that_was_started_ahead_is_the_one_that_serves()
    {
        await using var gateway = Start();
        using var client = new McpWire(await UrlOfAsync(gateway), token: null) { ApiKey = await MakeKeyAsync() };
        await client.InitializeAsync();

        var server = (int)(await client.CallAsync("get_echo")).Structured["pid"]!;

        ServersOf(gateway).ShouldBe([server]);
    }

    [Fact]
    public async Task A_gateway_that_does_not_come_to_listen_leaves_no_server_behind()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var gateway = Start(("INFRA_GATE_LISTEN", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"));

        (await gateway.WaitForExitAsync(s_deadline)).ShouldBe(78);

        await Eventually.TrueAsync(() => Task.FromResult(ServersOf(gateway).Count == 0));
    }

    [Fact]
    public async Task Every_mistake_is_named_at_once_and_the_exit_code_is_78()
    {
        await using var gateway = Start(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("SESSION_TTL_SECONDS", "soon"), ("INFRA_GATE_OAUTH_AUTHORITY", "http://127.0.0.1:3011"), ("INFRA_GATE_DOWNSTREAM_PROJECT", "/nowhere.csproj"));

        (await gateway.WaitForExitAsync(s_deadline)).ShouldBe(78);

        var said = string.Join('\n', gateway.RecentLines);
        foreach (var name in new[] { "SESSION_TTL_SECONDS", "INFRA_GATE_OAUTH_AUTHORITY", "INFRA_GATE_OAUTH_RESOURCE", "INFRA_GATE_APPROVAL_BASE_URL", "INFRA_GATE_DOWNSTREAM_PROJECT" })
        {
            said.ShouldContain(name);
        }

        said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Neither_credentials_nor_arguments_nor_results_reach_the_log_and_stderr_is_redacted_and_bounded()
    {
        await using var gateway = Start();
        var key = await MakeKeyAsync();
        using var client = new McpWire(await UrlOfAsync(gateway), token: null) { ApiKey = key };
        await client.InitializeAsync();
        await client.CallAsync("get_echo", new JsonObject { ["argument"] = "needle-in-the-arguments" });
        await client.CallAsync("get_stderr");
        await Eventually.TrueAsync(() => Task.FromResult(gateway.RecentLines.Any(line => line.Contains("xxxx…", StringComparison.Ordinal))));

        var log = await File.ReadAllTextAsync(gateway.LogFile);
        log.ShouldNotContain(key);
        log.ShouldNotContain(client.Session!);
        log.ShouldNotContain("needle-in-the-arguments");
        log.ShouldContain("complaint with");
        log.ShouldNotContain("eyJzdWIiOiJhbGljZSJ9");
        log.Split('\n').Max(line => line.Length).ShouldBeLessThan(20_000);
        log.Split('\n').Where(line => line.StartsWith('{')).ShouldAllBe(line => JsonNode.Parse(line) is JsonObject);
        log.ShouldContain("\"trace\":\"");
    }

    public void Dispose() => _folder.Dispose();

    private static int GroupOf(int pid)
    {
        // The fields of stat(5) after the name in parentheses: state, ppid, pgrp.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2]);
    }

    /// <summary>The processes that were told that this gateway launched them.</summary>
    private static List<int> ServersOf(RunningProcess gateway) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && EnvironmentOf(folder).Contains($"INFRA_GATE_GATEWAY_PID={gateway.Pid}"))
            .Select(folder => int.Parse(Path.GetFileName(folder))),
    ];

    private static string[] EnvironmentOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return [];
        }
    }

    private static async Task<Uri> UrlOfAsync(RunningProcess gateway)
    {
        var line = await gateway.WaitForLineAsync("listening on ", s_deadline);
        return new Uri(line[(line.IndexOf("listening on ", StringComparison.Ordinal) + "listening on ".Length)..]);
    }

    private async Task<string> MakeKeyAsync()
    {
        var output = new StringWriter();
        (await new ApiKeyCommand(output, TextWriter.Null, TimeProvider.System).RunAsync(["create", "ci", "--scopes", "mcp:tools"], new ApiKeyFile(_folder.File("keys.json")))).ShouldBe(0);
        return output.ToString().Trim();
    }

    private RunningProcess Start(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string?>
        {
            ["INFRA_GATE_LISTEN"] = "http://127.0.0.1:0",
            ["INFRA_GATE_DOWNSTREAM_PROJECT"] = GatewayUnderTest.FakeServer,
            ["INFRA_GATE_KEY_ROOT"] = _folder.File("keys"),
            ["INFRA_GATE_API_KEYS_FILE"] = _folder.File("keys.json"),
            ["INFRA_GATE_GUARD_AUDIT_ROOT"] = _folder.File("guard"),
            ["K8S_MCP_APPROVAL_ROOT"] = _folder.File("approvals"),
            ["K8S_MCP_FAKE_JOURNAL"] = _folder.File("journal"),
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var program = RepositoryFolders.InRepository("src", "InfraGate.McpGateway", "bin", RepositoryFolders.Configuration, "net10.0", "InfraGate.McpGateway.dll");
        return RunningProcess.Start(new ProcessPlan("gateway", "dotnet") { Arguments = [program], Environment = environment, WorkingDirectory = _folder.Path });
    }
}
