using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Storage;

namespace InfraGate.Bench.Scaling;

/// <summary>Puts plans and audit entries into a store through the domain's own code, as the server and the gateway would.</summary>
internal sealed class StoreFiller : IAsyncDisposable
{
    // One in ten stays pending; the others are replaced by their successor and end as cancelled.
    private const int PlansOfOneRequest = 10;
    private static readonly Requester Someone = new("bench-filler", "Filler", "bench");

    private readonly SqlPlanStore _store;
    private readonly string _namespace;
    private readonly TimeProvider _time;
    private int _plans;

    private StoreFiller(SqlPlanStore store, string @namespace, TimeProvider time)
    {
        _store = store;
        _namespace = @namespace;
        _time = time;
    }

    /// <summary>Opens the store of a gateway that may be running.</summary>
    public static async Task<StoreFiller> OpenAsync(string approvalRoot, string @namespace, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = approvalRoot }, clock);
        await store.InitializeAsync();
        return new StoreFiller(store, @namespace, clock);
    }

    /// <summary>How many audit entries there are.</summary>
    public async Task<long> CountAuditAsync() => (await _store.ReadAuditHeadAsync()).Sequence;

    /// <summary>How many plans there are.</summary>
    public async Task<long> CountPlansAsync() => (await _store.CountAsync()).Values.Sum();

    /// <summary>Adds plans until there are this many.</summary>
    public async Task FillPlansAsync(int count)
    {
        for (var have = await CountPlansAsync(); have < count; have++)
            await AddPlanAsync();
    }

    /// <summary>Adds audit entries, by issuing approval links, until there are this many.</summary>
    public async Task FillAuditAsync(int count)
    {
        var plan = await AddPlanAsync();
        for (var have = await CountAuditAsync(); have < count; have++)
            await _store.IssueChallengeAsync(plan.Id, Challenge.DefaultLifetime, AuditActor.For(Someone));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<Plan> AddPlanAsync()
    {
        var number = _plans++;
        return _store.AddAsync(Content(_time.GetUtcNow(), number), $"bench-{number / PlansOfOneRequest}");
    }

    private PlanContent Content(DateTimeOffset now, int number)
    {
        var name = $"service-{number % 500:000}";
        return new PlanContent
        {
            Id = PlanId.New(now),
            Cluster = "bench",
            Namespace = _namespace,
            Operation = PlanOperation.Scale,
            Requester = Someone,
            CreatedAt = now,
            ExpiresAt = now + TimeSpan.FromHours(6),
            Intent = new PlanIntent("request_scale_deployment", $$"""{"name":"{{name}}","namespace":"{{_namespace}}","replicas":3}""", Manifest: null, ManifestView: null),
            Impact = new PlanImpact($"Scales {name} from 1 to 3 replicas.", [new ImpactFigure($"Deployment/{name}", "replicas", 1, 3)]),
            Targets = [Target(name)],
            Findings = [new Finding("f1", FindingCodes.MutableImageTag, FindingSeverity.Warn, "The image is named by a tag.", $"Deployment/{name}", Path: null)],
        };
    }

    private PlanTarget Target(string name)
    {
        var live = $$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{name}}","namespace":"{{_namespace}}"},"spec":{"replicas":1,"note":"{{new string('x', 1500)}}"} }""";
        var after = live.Replace("\"replicas\":1", "\"replicas\":3", StringComparison.Ordinal);
        return new PlanTarget
        {
            ApiVersion = "apps/v1",
            Kind = "Deployment",
            Name = name,
            Change = TargetChange.Update,
            Uid = Guid.NewGuid().ToString(),
            Fingerprint = "sha256:" + new string('a', 64),
            DryRunFingerprint = "sha256:" + new string('b', 64),
            Request = new PlannedRequest(
                "PATCH", $"/apis/apps/v1/namespaces/{_namespace}/deployments/{name}/scale", "fieldManager=infragate", "application/merge-patch+json", """{"spec":{"replicas":3}}""", BodyView: null),
            Live = live,
            DryRun = after,
            BeforeView = live,
            AfterView = after,
            Changes = [new FieldChange("spec.replicas", FieldChangeKind.Changed, "1", "3", Masked: false)],
        };
    }
}
