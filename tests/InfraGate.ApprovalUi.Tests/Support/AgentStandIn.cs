using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Takes approved plans through execution as the server does, transition by transition.</summary>
internal sealed class AgentStandIn(IPlanStore store, TimeProvider time)
{
    private const string Owner = "executor-1";

    public async Task ClaimAsync(PlanId id) => (await store.TryTransitionAsync(id,
    [
        new PlanTransition { From = PlanStatus.Approved, To = PlanStatus.Applying, Actor = AuditActor.InfraGate, Lease = new ExecutionLease(Owner, time.GetUtcNow().AddMinutes(1)) },
    ])).ShouldBeTrue();

    public async Task FinishAsync(PlanId id)
    {
        var plan = (await store.FindAsync(id))!;
        var outcome = new PlanOutcome
        {
            Targets = [.. plan.Content.Targets.Select(target => new TargetOutcome(target.Reference, TargetResult.Written, Message: null, "48213", time.GetUtcNow()))],
            Rollouts = Rollouts(plan, "progressing", "1 of 3 new Pods is ready."),
            Undo = [new UndoCall("request_scale_deployment", """{"namespace":"mcp-nginx-demo","name":"nginx-demo","replicas":1}""", Note: null)],
        };
        await EndAsync(id, PlanStatus.Applied, outcome, reason: null);
    }

    public async Task FailAsync(PlanId id, string message)
    {
        var plan = (await store.FindAsync(id))!;
        var outcome = new PlanOutcome
        {
            Targets = [.. plan.Content.Targets.Select((target, index) => index == 0
                ? new TargetOutcome(target.Reference, TargetResult.Failed, message, ResourceVersion: null, time.GetUtcNow())
                : new TargetOutcome(target.Reference, TargetResult.NotAttempted, Message: null, ResourceVersion: null, time.GetUtcNow()))],
        };
        await EndAsync(id, PlanStatus.Failed, outcome, "The API server refused a write.");
    }

    public async Task RollOutAsync(PlanId id, string state, string detail) =>
        await store.UpdateRolloutsAsync(id, Rollouts((await store.FindAsync(id))!, state, detail));

    private async Task EndAsync(PlanId id, PlanStatus status, PlanOutcome outcome, string? reason) => (await store.TryTransitionAsync(id,
    [
        new PlanTransition { From = PlanStatus.Applying, To = status, Actor = AuditActor.InfraGate, HeldBy = Owner, Outcome = outcome, Reason = reason },
    ])).ShouldBeTrue();

    private static List<RolloutReport> Rollouts(Plan plan, string state, string detail) =>
        [.. plan.Content.Targets.Where(target => target.Kind == "Deployment" && target.Change != TargetChange.Delete).Select(target => new RolloutReport(target.Reference, state, detail))];
}
