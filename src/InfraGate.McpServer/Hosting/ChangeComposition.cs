using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Tools;
using InfraGate.McpServer.Tools.Changing;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Storage;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Hosting;

/// <summary>Puts together what plans and applies: the six tools that change something, and recovery.</summary>
internal sealed class ChangeComposition : IDisposable
{
    // The gateway waits a little longer than this before it kills the server (ServerConnection.StopLimit there); change both together.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly OpenedPlanStore _store;
    private readonly RunningExecutions _running = new();
    private readonly FollowedRollouts _followed;
    private readonly GrantVerifier? _verifier;
    private readonly ILogger _logger;
    private readonly ExecutionOptions _times;
    private readonly TimeProvider _time;
    private readonly PlanRecovery _recovery;
    private Task _recoveryLoop = Task.CompletedTask;
    private bool _isRecovering;

    private ChangeComposition(
        ServerOptions options, ClusterAccess clusters, IPlanStore plans, IPolicySource policies, GrantVerifier? verifier, ILoggerFactory loggers, TimeProvider time)
    {
        _store = new OpenedPlanStore(plans);
        _verifier = verifier;
        _time = time;
        _logger = loggers.CreateLogger<ChangeComposition>();
        _times = new ExecutionOptions { RolloutWait = options.RolloutWait, Lease = options.Lease, EstablishWithin = options.EstablishWithin };
        var detector = new CredentialDetector();
        var access = new PlanAccess(clusters);
        var grants = new GrantCheck(verifier);
        var carrier = new PlanCarrier(plans, detector, _times, time);
        var windows = new WindowCheck(policies, time);
        _followed = new FollowedRollouts(plans, time, _logger);
        var execution = new PlanExecution(plans, grants, windows, carrier, _followed, _times, time, _logger);
        _recovery = new PlanRecovery(plans, access, grants, windows, carrier, execution, _times, time, loggers.CreateLogger<PlanRecovery>());
        var apply = new ApplyService(plans, access, grants, windows, execution, _recovery, _running, _times, time);
        var planner = new Planner(plans, policies, detector, options.MaxReplicas, time);
        Tools = RequestTools(planner, new ManifestParser(time), options.MaxReplicas, new ApplyApprovedPlanTool(apply, _store, _stopping.Token));

        // Alone there is no gateway that could ask, only a client that calls itself one.
        InternalTools = grants.CanVerify ? [new CheckPlanTool(apply, access, _store)] : [];
    }

    /// <summary>The five tools that plan and the one that applies.</summary>
    public IReadOnlyList<ITool> Tools { get; }

    /// <summary>What only the gateway may call.</summary>
    public IReadOnlyList<ITool> InternalTools { get; }

    /// <exception cref="ConfigurationException">The policy file or the plan store's address cannot be used.</exception>
    public static ChangeComposition Create(ServerOptions options, ClusterAccess clusters, ILoggerFactory loggers, TimeProvider time)
    {
        try
        {
            var verifier = options.Gateway is { } gateway ? GrantVerifier.FromPublicKey(Convert.ToBase64String(gateway.GrantPublicKey.Span), time) : null;
            var plans = PlanStores.Open(
                new PlanStoreSettings { ApprovalRoot = options.ApprovalRoot, Database = options.Database, MaxPendingPlans = options.MaxPendingPlans }, time);
            var policies = PolicyFile.Open(options.PolicyFile, new PolicyLog(loggers.CreateLogger<PolicyLog>()).Tell);
            return new ChangeComposition(options, clusters, plans, policies, verifier, loggers, time);
        }
        catch (PolicyException exception)
        {
            throw new ConfigurationException([$"K8S_MCP_POLICY_FILE: {exception.Message}"]);
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException([$"K8S_MCP_DATABASE: {exception.Message}"]);
        }
    }

    /// <summary>Recovers abandoned plans now and from time to time; said again it changes nothing. Alone nothing is recovered: without a gateway's key no grant can be verified.</summary>
    public void StartRecovery()
    {
        if (_verifier is not null && !Interlocked.Exchange(ref _isRecovering, true))
        {
            var loop = new RecoveryLoop(_recovery, _store, _times.Lease / 2, _time, _logger);
            _recoveryLoop = Task.Run(() => loop.RunAsync(_stopping.Token));
        }
    }

    /// <summary>Waits until nothing is being carried out, for a bounded time; what is not done by then is recovered by the next process. Rollouts are no longer followed from now on.</summary>
    public async Task DrainAsync()
    {
        _followed.Stop();
        await Task.WhenAny(_running.IdleAsync(), Task.Delay(DrainLimit, _time));
        await _stopping.CancelAsync();
        await _recoveryLoop;
    }

    public void Dispose()
    {
        _followed.Stop();
        _stopping.Cancel();
        _verifier?.Dispose();
        _store.Dispose();
        _stopping.Dispose();
    }

    private IReadOnlyList<ITool> RequestTools(Planner planner, ManifestParser parser, int maximumReplicas, ITool apply) =>
    [
        new RequestApplyManifestTool(planner, _store, parser),
        new RequestDeleteManifestTool(planner, _store, parser),
        new RequestScaleDeploymentTool(planner, _store, maximumReplicas),
        new RequestRestartDeploymentTool(planner, _store),
        new RequestSetDeploymentImageTool(planner, _store),
        apply,
    ];
}
