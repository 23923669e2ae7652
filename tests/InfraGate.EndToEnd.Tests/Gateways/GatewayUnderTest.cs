using System.Collections.Concurrent;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Storage;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Gateways;

/// <summary>Issuer, cluster, gateway and server as real processes on free ports, with folders of their own. Each scenario takes a namespace of its own.</summary>
public abstract class GatewayUnderTest(IClusterUnderTest cluster, int namespaces) : IAsyncLifetime
{
    private readonly GatewayRoots _roots = new();
    private readonly ConcurrentQueue<string> _namespaces = new();
    private readonly ConcurrentDictionary<Person, Task<string>> _tokens = new();
    private DevIssuerHost? _issuer;
    private GatewayHost? _gateway;

    public IClusterUnderTest Cluster => cluster;

    public GatewayHost Gateway => _gateway ?? throw new InvalidOperationException("The stack is not started.");

    /// <summary>The issuer, without a trailing slash.</summary>
    public string Issuer => (_issuer ?? throw new InvalidOperationException("The stack is not started.")).Issuer;

    /// <summary>The plan store's rows, for whoever would forge them.</summary>
    internal PlanDatabase Database => new(_roots.Approvals);

    /// <summary>Added to the issuer's environment; by default tokens outlive the slowest run, since each is taken once.</summary>
    protected virtual IReadOnlyDictionary<string, string?> IssuerEnvironment => new Dictionary<string, string?> { ["DEV_ISSUER_ACCESS_TOKEN_SECONDS"] = "7200" };

    public virtual async Task InitializeAsync()
    {
        try
        {
            _issuer = await DevIssuerHost.StartAsync(IssuerEnvironment);
            await cluster.InitializeAsync();
            var names = await Task.WhenAll(Enumerable.Range(0, namespaces).Select(_ => cluster.NewNamespaceAsync()));
            foreach (var name in names)
                _namespaces.Enqueue(name);
            _gateway = new GatewayHost(_roots, EnvironmentFor([IClusterUnderTest.DemoNamespace, .. names]));
            await _gateway.StartAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>An allowed namespace with the demo workload that no other scenario has used.</summary>
    public string TakeNamespace() =>
        _namespaces.TryDequeue(out var name) ? name : throw new InvalidOperationException($"The stack was started with {namespaces} namespaces and all are taken.");

    /// <summary>An access token of a person for this gateway; signed in once.</summary>
    public Task<string> TokenAsync(Person person) =>
        _tokens.GetOrAdd(person, who => (_issuer ?? throw new InvalidOperationException("The stack is not started.")).SignInAsync(Gateway.Endpoint, who));

    /// <summary>A new session of an agent that acts for a person.</summary>
    public async Task<AgentSession> OpenSessionAsync(Person person) => await AgentSession.OpenAsync(Gateway.Endpoint, await TokenAsync(person));

    public virtual async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
        await cluster.DisposeAsync();
        _roots.Dispose();
        (_gateway, _issuer) = (null, null);
    }

    /// <summary>Added to the gateway's environment; asked for once, when the namespaces exist.</summary>
    protected virtual IReadOnlyDictionary<string, string?> ConfigureGateway() => new Dictionary<string, string?>();

    /// <summary>Writes a file that belongs to the gateway, for <see cref="ConfigureGateway"/>.</summary>
    protected string WriteFile(string name, string content) => _roots.Write(name, content);

    private Dictionary<string, string?> EnvironmentFor(IEnumerable<string> allowed) => new(ConfigureGateway())
    {
        ["INFRA_GATE_OAUTH_AUTHORITY"] = Issuer,
        ["INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT"] = $"{Issuer}/authorize",
        ["INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT"] = $"{Issuer}/token",
        ["KUBECONFIG"] = cluster.KubeconfigPath,
        ["K8S_MCP_ALLOWED_NAMESPACES"] = string.Join(',', allowed),
    };
}
