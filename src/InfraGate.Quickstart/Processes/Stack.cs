using System.Diagnostics;

namespace InfraGate.Quickstart.Processes;

/// <summary>Issuer, cluster and gateway, running together.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly List<ManagedProcess> _processes = [];
    private readonly Workspace _workspace = new();
    private readonly Repository _repository;
    private readonly QuickstartOptions _options;

    private Stack(Repository repository, QuickstartOptions options)
    {
        _repository = repository;
        _options = options;
    }

    /// <summary>The dev issuer.</summary>
    public ManagedProcess Issuer { get; private set; } = default!;

    /// <summary>The simulated cluster; null when a real one is used.</summary>
    public ManagedProcess? Sandbox { get; private set; }

    /// <summary>The gateway.</summary>
    public ManagedProcess Gateway { get; private set; } = default!;

    /// <summary>The kubeconfig in use.</summary>
    public string Kubeconfig { get; private set; } = string.Empty;

    /// <summary>How long it took from the first start to readiness.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>The approval root in use.</summary>
    public string ApprovalRoot => Environment.GetEnvironmentVariable("K8S_MCP_APPROVAL_ROOT") ?? _workspace.File("approvals");

    /// <summary>The gateway's key folder in use.</summary>
    public string KeyRoot => Environment.GetEnvironmentVariable("INFRA_GATE_KEY_ROOT") ?? _workspace.File("keys");

    /// <summary>Where the logs are.</summary>
    public string Logs => _workspace.Logs;

    /// <summary>Starts all of it and waits until the gateway is ready.</summary>
    /// <exception cref="QuickstartException">Something did not start; what did is stopped again.</exception>
    public static async Task<Stack> StartAsync(Repository repository, QuickstartOptions options, CancellationToken cancellationToken)
    {
        PortOwner.EnsureFree(options.IssuerPort, "the dev issuer");
        PortOwner.EnsureFree(options.GatewayPort, "the gateway");
        var stack = new Stack(repository, options);
        try
        {
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(stack.StartIssuerAsync(cancellationToken), stack.StartClusterAsync(cancellationToken));
            await stack.StartGatewayAsync(cancellationToken);
            await stack.WaitUntilReadyAsync(cancellationToken);
            stack.ReadyAfter = Stopwatch.GetElapsedTime(started);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes with the name of the first program that ends.</summary>
    public async Task<string> AnyEndedAsync()
    {
        var first = await Task.WhenAny(_processes.Select(async process =>
        {
            await process.Ended;
            return process.Name;
        }));
        return await first;
    }

    /// <summary>The resident memory of the gateway and its server together, in bytes.</summary>
    public long ResidentBytes() => Gateway.ResidentBytes() + ProcessTree.ChildrenOf(Gateway.Id).Sum(ProcessTree.ResidentBytes);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _workspace.Dispose();
    }

    private async Task StartIssuerAsync(CancellationToken cancellationToken)
    {
        Issuer = await StartAsync("issuer", "InfraGate.DevIssuer", [], new Dictionary<string, string>
        {
            ["DEV_ISSUER_LISTEN"] = $"http://127.0.0.1:{_options.IssuerPort}",
            ["DEV_ISSUER_STATE_ROOT"] = _workspace.File("issuer"),
        }, cancellationToken);
    }

    private async Task StartClusterAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } existing)
        {
            Kubeconfig = existing;
            return;
        }

        Kubeconfig = _workspace.File("sandbox.config");
        Sandbox = await StartAsync("sandbox", "InfraGate.Sandbox", ["--port", "0", "--kubeconfig", Kubeconfig], new Dictionary<string, string>(), cancellationToken);
    }

    private async Task StartGatewayAsync(CancellationToken cancellationToken)
    {
        var issuer = Issuer.Address.GetLeftPart(UriPartial.Authority);
        var environment = new Dictionary<string, string>
        {
            ["INFRA_GATE_LISTEN"] = $"http://127.0.0.1:{_options.GatewayPort}",
            ["INFRA_GATE_OAUTH_AUTHORITY"] = issuer,
            ["INFRA_GATE_OAUTH_REQUIRE_HTTPS_METADATA"] = "false",
            ["INFRA_GATE_APPROVAL_OAUTH_CLIENT_ID"] = "infra-gate-approval-ui",
            ["INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT"] = issuer + "/authorize",
            ["INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT"] = issuer + "/token",
            ["INFRA_GATE_DOWNSTREAM_PROJECT"] = _repository.Executable("InfraGate.McpServer"),
            ["INFRA_GATE_GUARD_AUDIT_ROOT"] = Environment.GetEnvironmentVariable("INFRA_GATE_GUARD_AUDIT_ROOT") ?? _workspace.File("guardrails"),
            ["INFRA_GATE_KEY_ROOT"] = KeyRoot,
            ["K8S_MCP_APPROVAL_ROOT"] = ApprovalRoot,
            ["KUBECONFIG"] = Kubeconfig,
        };
        if (_options.GatewayPort != 0)
        {
            environment["INFRA_GATE_OAUTH_RESOURCE"] = $"http://127.0.0.1:{_options.GatewayPort}/mcp";
            environment["INFRA_GATE_APPROVAL_BASE_URL"] = $"http://127.0.0.1:{_options.GatewayPort}";
        }

        Gateway = await StartAsync("gateway", "InfraGate.McpGateway", [], environment, cancellationToken);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Gateway.Address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!(await http.GetAsync(new Uri("/readyz", UriKind.Relative), limit.Token)).IsSuccessStatusCode)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new QuickstartException($"The gateway did not become ready. The last it said:\n{Gateway.LastWords()}");
        }
    }

    private async Task<ManagedProcess> StartAsync(
        string name, string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        // Everything here is for local work; without the word, the dev issuer takes its surroundings for Production and refuses.
        var local = new Dictionary<string, string>(environment) { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var start = new ProgramStart(name, _repository.Executable(project), _repository.Root, arguments, local);
        var process = await ManagedProcess.StartAsync(start, Logs, cancellationToken);
        lock (_processes)
        {
            _processes.Add(process);
        }

        return process;
    }
}
