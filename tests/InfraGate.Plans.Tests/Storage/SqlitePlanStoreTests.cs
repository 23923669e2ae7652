using InfraGate.Plans.Storage;

namespace InfraGate.Plans.Tests.Storage;

public sealed class SqlitePlanStoreTests : PlanStoreContract
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "infragate-store-" + Guid.NewGuid().ToString("N"));

    private protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override SqlPlanStore OpenStore() => PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root }, Time);

    private protected override Task CleanUpAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }
}
