using InfraGate.McpServer.Execution;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>When an executor knows that its plan is no longer its own.</summary>
public sealed class LeaseKeeperTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private readonly HandTime _time = new();
    private readonly IPlanStore _store = Substitute.For<IPlanStore>();
    private readonly PlanId _plan = PlanId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_lease_is_held_until_its_end_and_not_at_it()
    {
        await using var lease = Start();
        _time.AdvanceSteady(Length - TimeSpan.FromMilliseconds(1));
        lease.IsHeld.ShouldBeTrue();
        lease.Require();

        _time.AdvanceSteady(TimeSpan.FromMilliseconds(1));

        lease.IsHeld.ShouldBeFalse();
        Should.Throw<PlanStoreException>(lease.Require).Message.ShouldContain("lost its hold");
    }

    [Fact]
    public async Task A_clock_that_is_set_back_prolongs_no_lease_and_sleep_that_only_the_wall_clock_counts_ends_it()
    {
        await using var setBack = Start();
        _time.AdvanceWall(-TimeSpan.FromHours(1));
        _time.AdvanceSteady(Length);
        setBack.IsHeld.ShouldBeFalse();

        await using var slept = Start();
        _time.AdvanceWall(Length);
        slept.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public async Task A_renewal_that_is_granted_counts_from_when_it_was_asked_for()
    {
        // The store takes its time to answer.
        _store.TryRenewLeaseAsync(_plan, Arg.Any<ExecutionLease>(), Arg.Any<CancellationToken>()).Returns(_ =>
        {
            _time.AdvanceSteady(TimeSpan.FromSeconds(4));
            return true;
        });
        await using var lease = Start();
        _time.AdvanceSteady(TimeSpan.FromSeconds(14));

        _time.Fire();

        await Eventually.TrueAsync(() => Task.FromResult(_time.GetTimestamp() == TimeSpan.FromSeconds(18).Ticks && lease.IsHeld));
        _time.AdvanceSteady(TimeSpan.FromSeconds(11));
        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public async Task A_renewal_that_is_refused_ends_the_hold_at_once()
    {
        _store.TryRenewLeaseAsync(_plan, Arg.Any<ExecutionLease>(), Arg.Any<CancellationToken>()).Returns(false);
        await using var lease = Start();

        _time.Fire();

        await Eventually.TrueAsync(() => Task.FromResult(!lease.IsHeld));
    }

    [Fact]
    public async Task Its_end_does_not_wait_for_a_renewal_that_the_store_does_not_answer()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.TryRenewLeaseAsync(_plan, Arg.Any<ExecutionLease>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());
            return true;
        });
        var lease = Start();
        _time.Fire();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await lease.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nothing_is_renewed_after_its_end()
    {
        var lease = Start();
        await lease.DisposeAsync();

        _time.Fire();

        _store.ReceivedCalls().ShouldBeEmpty();
    }

    private LeaseKeeper Start() => LeaseKeeper.Start(_store, _plan, "me", LeaseStart.Now(_time), Length, _time, NullLogger.Instance);
}
