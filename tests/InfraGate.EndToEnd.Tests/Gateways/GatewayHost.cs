using System.Net;
using InfraGate.Quickstart.Processes;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Gateways;

/// <summary>A gateway process with its server child: started, killed and started again on the same folders and the same port.</summary>
public sealed class GatewayHost(GatewayRoots roots, IReadOnlyDictionary<string, string?> environment) : IAsyncDisposable
{
    private const string Project = "InfraGate.McpGateway";
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private ProductProcess? _process;
    private Uri? _address;

    public ProductProcess Process => _process ?? throw new InvalidOperationException("The gateway is not running.");

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:41234/</c>; the same after a restart.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException("The gateway was never started.");

    public Uri Endpoint => new(Address, "/mcp");

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="changed">Variables that differ this time.</param>
    public async Task StartAsync(params (string Name, string Value)[] changed)
    {
        var listen = _address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0";
        _process = await ProductProcess.StartAsync(Project, With([("INFRA_GATE_LISTEN", listen), .. changed]));
        _address = _process.BaseAddress;
        await Eventually.TrueAsync(IsReadyAsync, ReadyDeadline);
    }

    /// <summary>SIGKILL for the gateway and its server.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>SIGKILL for the server alone; the gateway starts another one.</summary>
    public void KillServer()
    {
        using var server = System.Diagnostics.Process.GetProcessById(ProcessTree.ChildrenOf(Process.Pid).ShouldHaveSingleItem());
        server.Kill();
    }

    /// <summary>Verifies the audit trail with the gateway's subcommand.</summary>
    /// <param name="approvalRoot">Another approval root than the gateway's own.</param>
    /// <returns>The exit code and everything it wrote.</returns>
    public async Task<(int ExitCode, string Output)> VerifyAuditAsync(string? approvalRoot = null)
    {
        await using var command = ProductProcess.Launch(Project, With(("K8S_MCP_APPROVAL_ROOT", approvalRoot ?? roots.Approvals)), ["audit", "verify"]);
        var code = await command.WaitForExitAsync(CommandDeadline);
        return (code, string.Join('\n', command.RecentLines));
    }

    /// <summary>Makes an API key with the gateway's subcommand; the running gateway takes it up by itself.</summary>
    public async Task<string> CreateApiKeyAsync(string name, string scopes)
    {
        await using var command = ProductProcess.Launch(Project, With(), ["api-key", "create", name, "--scopes", scopes]);
        (await command.WaitForExitAsync(CommandDeadline)).ShouldBe(0, string.Join('\n', command.RecentLines));
        return command.RecentLines.Single(line => line.StartsWith("igk_", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
        _http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await _http.GetAsync(new Uri(Address, "/readyz"));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private Dictionary<string, string?> With(params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string?>(environment)
        {
            ["K8S_MCP_APPROVAL_ROOT"] = roots.Approvals,
            ["INFRA_GATE_KEY_ROOT"] = roots.Keys,
            ["INFRA_GATE_GUARD_AUDIT_ROOT"] = roots.Guardrails,
            ["INFRA_GATE_DOWNSTREAM_PROJECT"] = ProductProcess.AssemblyOf("InfraGate.McpServer"),
        };
        foreach (var (name, value) in more)
            all[name] = value;
        return all;
    }
}
