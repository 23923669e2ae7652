using InfraGate.Bench.Beds;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Soak;

/// <summary>Holds what clients were told against the store, the cluster and the audit trail, once everything has come to rest.</summary>
internal sealed class EndState(SoakBed bed, Ledger ledger) : IAsyncDisposable
{
    // Longer than a lease: a plan whose executor was killed is taken over once its lease has run out.
    private static readonly TimeSpan RestDeadline = TimeSpan.FromMinutes(3);

    private readonly SqlPlanStore _store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = bed.Gateway.ApprovalRoot }, TimeProvider.System);

    /// <summary>Waits until no plan is being carried out, and checks.</summary>
    public async Task<IReadOnlyList<SoakCheck>> CheckAsync()
    {
        await _store.InitializeAsync();
        await Eventually.TrueAsync(async () => (await _store.CountAsync()).GetValueOrDefault(PlanStatus.Applying) == 0, RestDeadline);
        var plans = new List<(PlanRecord Told, Plan? Stored)>();
        foreach (var record in ledger.Plans)
            plans.Add((record, await _store.FindAsync(PlanId.Parse(record.Plan))));
        return [Approved(plans), Applied(plans), await InClusterAsync(plans), await OnceInTrailAsync(), await OnceInClusterAsync(plans), await ChainAsync()];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static SoakCheck Approved(IReadOnlyList<(PlanRecord Told, Plan? Stored)> plans)
    {
        var told = plans.Where(item => item.Told.ToldApproved).ToList();
        var wrong = told.Where(item => item.Stored is not { IsIntact: true, Grant: not null } plan || plan.Decisions.All(decision => decision.Verdict != Verdict.Approve)).ToList();
        return new SoakCheck("every plan that a client was told is approved is approved in the store", Of(told.Count, wrong.Select(item => item.Told.Plan)), wrong.Count == 0);
    }

    private static SoakCheck Applied(IReadOnlyList<(PlanRecord Told, Plan? Stored)> plans)
    {
        var told = plans.Where(item => item.Told.ToldApplied).ToList();
        var wrong = told.Where(item => item.Stored?.Status != PlanStatus.Applied).ToList();
        return new SoakCheck("every plan that a client was told is applied is applied in the store", Of(told.Count, wrong.Select(item => item.Told.Plan)), wrong.Count == 0);
    }

    private async Task<SoakCheck> InClusterAsync(IReadOnlyList<(PlanRecord Told, Plan? Stored)> plans)
    {
        var missing = plans.Where(item => item.Told.WasMissing).Select(item => item.Told.Plan).ToList();
        foreach (var deployment in plans.Where(item => item.Stored?.Status == PlanStatus.Applied).GroupBy(item => item.Told.Deployment))
        {
            var last = deployment.MaxBy(item => item.Stored!.StatusChangedAt).Told;
            var live = await bed.Cluster.Admin.GetAsync(KubePath.Deployment(bed.Namespace, last.Deployment));
            if ((string)live["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]! != last.Image)
                missing.Add(last.Plan);
        }
        var told = plans.Count(item => item.Told.ToldApplied);
        return new SoakCheck("every plan that a client was told is applied was so in the cluster", Of(told, missing.Distinct()), missing.Count == 0);
    }

    private async Task<SoakCheck> OnceInTrailAsync()
    {
        var claims = new Dictionary<string, int>();
        await foreach (var entry in _store.ReadAuditAsync())
        {
            if (entry.Action is AuditActions.PlanClaimed)
                claims[entry.Plan.Value] = claims.GetValueOrDefault(entry.Plan.Value) + 1;
        }
        var twice = claims.Where(pair => pair.Value > 1).Select(pair => pair.Key).ToList();
        return new SoakCheck("no plan was claimed twice", Of(claims.Count, twice), twice.Count == 0);
    }

    // Every plan sets an image of its own, so each change that takes effect raises the Deployment's generation by one, and one that runs
    // again after another raises it once more.
    private async Task<SoakCheck> OnceInClusterAsync(IReadOnlyList<(PlanRecord Told, Plan? Stored)> plans)
    {
        var wrong = new List<string>();
        foreach (var deployment in plans.GroupBy(item => item.Told.Deployment))
        {
            var live = await bed.Cluster.Admin.GetAsync(KubePath.Deployment(bed.Namespace, deployment.Key));
            var changes = (long)live["metadata"]!["generation"]! - 1;
            var applied = deployment.Count(item => item.Stored?.Status == PlanStatus.Applied);
            var failed = deployment.Count(item => item.Stored?.Status == PlanStatus.Failed);
            if (changes < applied || changes > applied + failed)
                wrong.Add($"{deployment.Key} changed {changes} times by {applied} applied and {failed} failed plans");
        }
        return new SoakCheck("no plan ran twice", Of(plans.Count(item => item.Stored?.Status == PlanStatus.Applied), wrong), wrong.Count == 0);
    }

    private async Task<SoakCheck> ChainAsync()
    {
        var (code, output) = await bed.Gateway.RunCommandAsync("audit", "verify");
        return new SoakCheck("the audit chain is whole", output.ReplaceLineEndings(" ").Trim(), code == 0);
    }

    private static string Of(int count, IEnumerable<string> wrong)
    {
        var list = wrong.ToList();
        return list.Count == 0 ? $"{count}, all" : $"{count}, not so: {string.Join(", ", list.Take(10))}";
    }
}
