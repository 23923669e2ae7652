using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.Plans.Tests.Building;

/// <summary>Transitions that carry what their status needs.</summary>
internal static class Edges
{
    public static readonly AuditActor Bob = new(AuditActorKind.Human, "bob", "Bob", Client: null);

    public static PlanTransition Approve(string grant = "header.payload.signature") => new()
    {
        From = PlanStatus.Pending,
        To = PlanStatus.Approved,
        Actor = Bob,
        Grant = grant,
    };

    public static PlanTransition Claim(string owner, DateTimeOffset until) => new()
    {
        From = PlanStatus.Approved,
        To = PlanStatus.Applying,
        Actor = AuditActor.InfraGate,
        Lease = new ExecutionLease(owner, until),
    };

    public static PlanTransition To(PlanStatus from, PlanStatus to, string? reason = null) => new() { From = from, To = to, Actor = AuditActor.InfraGate, Reason = reason };

    public static Decision Word(string subject, Verdict verdict, DateTimeOffset at, string? reason = null) => new(subject, subject, verdict, reason, [], at);
}
