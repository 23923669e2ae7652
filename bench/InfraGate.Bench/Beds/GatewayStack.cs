using System.Diagnostics;
using System.Net;
using InfraGate.Bench.Processes;
using InfraGate.Quickstart.Processes;
using InfraGate.Quickstart.Walkthrough;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Beds;

/// <summary>
/// The dev issuer and the gateway with its server, as a user starts them: authentication, guardrails, audit and durable storage on. Only the limit of calls a
/// minute is lifted, for one person asks for all workers.
/// </summary>
internal sealed class GatewayStack : IAsyncDisposable
{
    private const string Gateway = "InfraGate.McpGateway";
    private const string Server = "InfraGate.McpServer";
    private const string ReadyLine = "listening on http://";
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("bench");
    private readonly HttpClient _http = new();
    private readonly Programs _programs;
    private readonly Dictionary<string, string?> _environment;
    private ProductProcess? _issuer;
    private RunningProcess? _gateway;
    private Uri? _address;

    /// <param name="programs">The build to start.</param>
    /// <param name="environment">Added to the gateway's environment: cluster, namespaces, and what else differs from the defaults.</param>
    public GatewayStack(Programs programs, IReadOnlyDictionary<string, string?> environment)
    {
        _programs = programs;
        _environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["INFRA_GATE_CALLS_PER_MINUTE"] = "0",
            ["INFRA_GATE_MAX_SESSIONS_PER_SUBJECT"] = "4000",
            ["K8S_MCP_MAX_PENDING_PLANS"] = "0",
            ["INFRA_GATE_DOWNSTREAM_PROJECT"] = programs.AssemblyOf(Server),
            ["INFRA_GATE_GUARD_AUDIT_ROOT"] = _folder.File("guardrails"),
            ["INFRA_GATE_KEY_ROOT"] = _folder.File("keys"),
            ["K8S_MCP_APPROVAL_ROOT"] = _folder.File("approvals"),
        };
        foreach (var (name, value) in environment)
            _environment[name] = value;
    }

    /// <summary>Where plans are stored.</summary>
    public string ApprovalRoot => _environment["K8S_MCP_APPROVAL_ROOT"]!;

    /// <summary>The gateway's <c>/mcp</c>.</summary>
    public Uri Endpoint => new(Address, "/mcp");

    /// <summary>The gateway's address; the same after a restart.</summary>
    public Uri Address => _address ?? throw new BenchException("The gateway was never started.");

    /// <summary>The gateway's process.</summary>
    public RunningProcess Process => _gateway ?? throw new BenchException("The gateway is not running.");

    /// <summary>The gateway and its present child.</summary>
    public IReadOnlyList<WatchedProcess> Processes() =>
        [new("gateway", Process.Pid), .. ProcessTree.ChildrenOf(Process.Pid).Select(child => new WatchedProcess("server", child))];

    /// <summary>Starts the issuer and then the gateway.</summary>
    public async Task StartAsync()
    {
        _issuer = await ProductProcess.StartAsync("InfraGate.DevIssuer", new Dictionary<string, string?>
        {
            ["DEV_ISSUER_LISTEN"] = "http://127.0.0.1:0",
            ["DEV_ISSUER_STATE_ROOT"] = _folder.File("issuer"),
            // A run is longer than a token's usual life; renewing it would be measured as well.
            ["DEV_ISSUER_ACCESS_TOKEN_SECONDS"] = "86400",
        });
        var issuer = _issuer.BaseAddress.GetLeftPart(UriPartial.Authority);
        _environment["INFRA_GATE_OAUTH_AUTHORITY"] = issuer;
        _environment["INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT"] = issuer + "/authorize";
        _environment["INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT"] = issuer + "/token";
        await StartGatewayAsync();
    }

    /// <summary>Starts the gateway on the folders that are there, on the same port as before, and waits until it is ready.</summary>
    /// <returns>The time from the start of the process to readiness.</returns>
    public async Task<TimeSpan> StartGatewayAsync()
    {
        _environment["INFRA_GATE_LISTEN"] = _address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0";
        var started = Stopwatch.GetTimestamp();
        _gateway = RunningProcess.Start(new ProcessPlan(Gateway, "dotnet") { Arguments = [_programs.AssemblyOf(Gateway)], Environment = _environment });
        var line = await _gateway.WaitForLineAsync(ReadyLine, ReadyDeadline);
        _address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0]);
        await Eventually.TrueAsync(IsReadyAsync, ReadyDeadline);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Ends the gateway, and with it its server, as an operator does.</summary>
    public async Task StopGatewayAsync()
    {
        await Process.StopAsync(ReadyDeadline);
        await Process.DisposeAsync();
        _gateway = null;
    }

    /// <summary>Runs a subcommand of the gateway on the same folders.</summary>
    public async Task<(int ExitCode, string Output)> RunCommandAsync(params string[] arguments)
    {
        await using var command = RunningProcess.Start(
            new ProcessPlan("gateway-command", "dotnet") { Arguments = [_programs.AssemblyOf(Gateway), .. arguments], Environment = _environment });
        var code = await command.WaitForExitAsync(TimeSpan.FromMinutes(5));
        return (code, string.Join('\n', command.RecentLines));
    }

    /// <summary>An access token, got as an MCP client gets one.</summary>
    public async Task<string> SignInAsync(BenchPerson person)
    {
        using var browser = person.OpenBrowser();
        return await new OAuthClient(_http).SignInAsync(Endpoint, browser, CancellationToken.None);
    }

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "/readyz"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await StopGatewayAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
