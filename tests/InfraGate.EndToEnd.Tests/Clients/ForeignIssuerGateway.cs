using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.OidcProvider;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>A gateway whose callers and approvers sign in at an issuer that no one here wrote; its endpoints are discovered.</summary>
public class ForeignIssuerGateway : IAsyncLifetime
{
    private readonly OidcProviderFixture _issuer;
    private readonly SandboxCluster _cluster = new();
    private readonly GatewayRoots _roots = new();
    private GatewayHost? _gateway;

    public ForeignIssuerGateway()
        : this(TimeSpan.FromMinutes(10))
    {
    }

    /// <param name="tokenLifetime">How long the issuer's access tokens live.</param>
    protected ForeignIssuerGateway(TimeSpan tokenLifetime) => _issuer = new OidcProviderFixture { AccessTokenLifetime = tokenLifetime };

    public GatewayHost Gateway => _gateway ?? throw new InvalidOperationException("The gateway is not started.");

    public IClusterUnderTest Cluster => _cluster;

    public async Task InitializeAsync()
    {
        try
        {
            await _issuer.InitializeAsync();
            await _cluster.InitializeAsync();
            _gateway = new GatewayHost(_roots, new Dictionary<string, string?>
            {
                ["INFRA_GATE_OAUTH_AUTHORITY"] = _issuer.Issuer.GetLeftPart(UriPartial.Authority),
                ["INFRA_GATE_APPROVAL_OAUTH_CLIENT_ID"] = OidcProviderFixture.ApprovalClientId,
                ["KUBECONFIG"] = _cluster.KubeconfigPath,
            });
            await _gateway.StartAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        _gateway = null;
        await _cluster.DisposeAsync();
        await _issuer.DisposeAsync();
        _roots.Dispose();
    }
}
