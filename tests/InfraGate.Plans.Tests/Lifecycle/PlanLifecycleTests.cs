using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Lifecycle;

public sealed class PlanLifecycleTests
{
    private static readonly (PlanStatus From, PlanStatus To)[] Edges =
    [
        (PlanStatus.Pending, PlanStatus.Approved),
        (PlanStatus.Pending, PlanStatus.Denied),
        (PlanStatus.Pending, PlanStatus.Expired),
        (PlanStatus.Pending, PlanStatus.Cancelled),
        (PlanStatus.Approved, PlanStatus.Applying),
        (PlanStatus.Approved, PlanStatus.Expired),
        (PlanStatus.Applying, PlanStatus.Applied),
        (PlanStatus.Applying, PlanStatus.Failed),
        (PlanStatus.Applying, PlanStatus.Stale),
    ];

    public static TheoryData<PlanStatus, PlanStatus> Pairs()
    {
        var pairs = new TheoryData<PlanStatus, PlanStatus>();
        foreach (var from in Enum.GetValues<PlanStatus>())
        {
            foreach (var to in Enum.GetValues<PlanStatus>())
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Exactly_the_designed_edges_exist(PlanStatus from, PlanStatus to) => PlanLifecycle.Allows(from, to).ShouldBe(Edges.Contains((from, to)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_store_takes_no_other_edge(PlanStatus from, PlanStatus to)
    {
        var edge = Building.Edges.To(from, to) with
        {
            Grant = to == PlanStatus.Approved ? "a.b.c" : null,
            Lease = to == PlanStatus.Applying ? new ExecutionLease("me", DateTimeOffset.UnixEpoch) : null,
        };

        if (Edges.Contains((from, to)))
        {
            TransitionRules.Check([edge]);
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => TransitionRules.Check([edge]));
        }
    }

    [Fact]
    public void What_is_final_has_no_way_on()
    {
        foreach (var status in Enum.GetValues<PlanStatus>())
        {
            status.IsFinal().ShouldBe(!Edges.Any(edge => edge.From == status));
        }
    }

    [Fact]
    public void Edges_carry_what_their_status_needs_and_nothing_else()
    {
        var claim = Building.Edges.Claim("me", DateTimeOffset.UnixEpoch);
        var outcome = new PlanOutcome { Targets = [] };

        TransitionRules.Check([Building.Edges.Approve(), claim, Building.Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { Outcome = outcome }]);
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([]));
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([Building.Edges.Approve() with { Grant = null }]));
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([claim with { Lease = null }]));
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([claim with { Grant = "a.b.c" }]));
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([Building.Edges.To(PlanStatus.Applying, PlanStatus.Stale) with { Outcome = outcome }]));
        Should.Throw<InvalidOperationException>(() => TransitionRules.Check([Building.Edges.Approve(), Building.Edges.To(PlanStatus.Applying, PlanStatus.Applied)]));
    }
}
