using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>The desk with a store, a policy and a time of its own, and three people.</summary>
public abstract class ApprovalDeskTests : IAsyncLifetime
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "infragate-desk-" + Guid.NewGuid().ToString("N"));

    protected ApprovalDeskTests()
    {
        Store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root }, Time);
        Desk = new ApprovalDesk(Store, Policy, new GrantSigner(Key, Time), new DecisionSigner(Key), Time);
    }

    protected static Approver Alice { get; } = new("alice", "Alice", ["platform"]);

    protected static Approver Bob { get; } = new("bob", "Bob", ["platform", "sre"]);

    protected static Approver Carol { get; } = new("carol", "Carol", ["sre"]);

    private protected ManualTime Time { get; } = new();

    protected ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private protected SettablePolicy Policy { get; } = new();

    protected SqlPlanStore Store { get; }

    protected ApprovalDesk Desk { get; }

    public Task InitializeAsync() => Store.InitializeAsync();

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        Key.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    protected async Task<Plan> AddAsync(params Finding[] findings) => await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), findings: findings), Guid.NewGuid().ToString());

    protected async Task<Plan> AddAsync(TimeSpan lifetime) => await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), lifetime: lifetime), Guid.NewGuid().ToString());

    protected DecisionRequest Approve(Plan plan, Approver approver) => new()
    {
        Plan = plan.Id,
        Digest = plan.Digest.Value,
        PolicyVersion = Policy.Current.Version,
        Approver = approver,
        Verdict = Verdict.Approve,
    };

    protected DecisionRequest Deny(Plan plan, Approver approver, string? reason) => Approve(plan, approver) with { Verdict = Verdict.Deny, Reason = reason };

    protected async Task RefusedAsync(DecisionRequest request, string because)
    {
        var before = await Store.ReadAuditHeadAsync();

        var result = await Desk.DecideAsync(request);

        result.Accepted.ShouldBeFalse();
        result.Message.ShouldContain(because, Case.Insensitive);
        (await Store.ReadAuditHeadAsync()).ShouldBe(before);
    }

    private protected sealed class SettablePolicy : IPolicySource
    {
        public PolicySnapshot Current { get; private set; } = PolicySnapshot.BuiltIn;

        public void Set(EffectivePolicy policy, string version = "test") => Current = PolicySnapshot.Uniform(version, policy);
    }
}
