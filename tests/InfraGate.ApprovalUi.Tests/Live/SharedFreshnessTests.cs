using InfraGate.ApprovalUi.Live;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Tests.Live;

/// <summary>Many people look at a plan, and the cluster is asked about it once.</summary>
public sealed class SharedFreshnessTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly SteppedTime _time = new();
    private readonly HeldFreshness _cluster = new();
    private readonly SharedFreshness _shared;
    private readonly PlanId _plan = PlanId.New(s_now);

    public SharedFreshnessTests() => _shared = new SharedFreshness(_cluster, _time);

    [Fact]
    public async Task Two_viewers_at_once_cause_one_check_and_get_the_same_answer()
    {
        var first = _shared.CheckAsync(_plan);
        var second = _shared.CheckAsync(_plan);

        _cluster.Answer(HeldFreshness.Stale);

        (await first).ShouldBe(HeldFreshness.Stale);
        (await second).ShouldBe(HeldFreshness.Stale);
        _cluster.Checks.ShouldBe(1);
    }

    [Theory]
    [InlineData(4.9, 1)]
    [InlineData(5, 2)]
    public async Task A_viewer_who_comes_later_gets_the_same_answer_for_five_seconds(double seconds, int checks)
    {
        _cluster.Answer(HeldFreshness.Fresh);
        await _shared.CheckAsync(_plan);
        _time.Forward(TimeSpan.FromSeconds(seconds));

        await _shared.CheckAsync(_plan);

        _cluster.Checks.ShouldBe(checks);
    }

    [Fact]
    public async Task Each_plan_has_an_answer_of_its_own()
    {
        _cluster.Answer(HeldFreshness.Fresh);

        await _shared.CheckAsync(_plan);
        await _shared.CheckAsync(PlanId.New(s_now));

        _cluster.Checks.ShouldBe(2);
    }

    [Fact]
    public async Task A_viewer_who_leaves_takes_the_answer_from_nobody()
    {
        using var leaving = new CancellationTokenSource();
        var left = _shared.CheckAsync(_plan, leaving.Token);
        var stays = _shared.CheckAsync(_plan);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        _cluster.Answer(HeldFreshness.Fresh);

        (await stays).ShouldBe(HeldFreshness.Fresh);
        _cluster.Checks.ShouldBe(1);
    }

    [Fact]
    public async Task A_check_that_failed_is_not_kept()
    {
        _cluster.Fail(new InvalidOperationException("broken"));
        await Should.ThrowAsync<InvalidOperationException>(() => _shared.CheckAsync(_plan));
        _cluster.Answer(HeldFreshness.Fresh);

        (await _shared.CheckAsync(_plan)).ShouldBe(HeldFreshness.Fresh);
    }

    [Fact]
    public async Task A_decision_gets_a_new_answer_and_leaves_it_to_the_viewers()
    {
        _cluster.Answer(HeldFreshness.Fresh);
        await _shared.CheckAsync(_plan);
        _cluster.Answer(HeldFreshness.Stale);

        (await _shared.CheckAnewAsync(_plan)).ShouldBe(HeldFreshness.Stale);
        (await _shared.CheckAsync(_plan)).ShouldBe(HeldFreshness.Stale);

        _cluster.Checks.ShouldBe(2);
    }

    [Fact]
    public async Task However_many_plans_are_looked_at_the_answers_that_are_kept_stay_bounded()
    {
        _cluster.Answer(HeldFreshness.Fresh);
        var plans = Enumerable.Range(0, SharedFreshness.MostPlans + 1).Select(_ => PlanId.New(s_now)).Distinct().ToList();
        foreach (var plan in plans)
        {
            await _shared.CheckAsync(plan);
        }

        _shared.Kept.ShouldBeLessThanOrEqualTo(SharedFreshness.MostPlans);
        await _shared.CheckAsync(plans[^1]);
        _cluster.Checks.ShouldBe(plans.Count);
    }

    /// <summary>A clock that stands until it is put forward; its timers are real, so that the patience of a check does not end.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Forward(TimeSpan by) => _ticks += by.Ticks;
    }

    /// <summary>Answers when and what a test says.</summary>
    private sealed class HeldFreshness : IPlanFreshness
    {
        public static readonly Freshness Fresh = new(FreshnessState.Fresh, Detail: null);
        public static readonly Freshness Stale = new(FreshnessState.Stale, "It changed.");

        private TaskCompletionSource<Freshness> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _checks;

        public int Checks => _checks;

        public Task<Freshness> CheckAsync(PlanId id, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _checks);
            return _answer.Task.WaitAsync(cancellationToken);
        }

        public void Answer(Freshness answer) => Set(source => source.SetResult(answer));

        public void Fail(Exception failure) => Set(source => source.SetException(failure));

        private void Set(Action<TaskCompletionSource<Freshness>> complete)
        {
            if (_answer.Task.IsCompleted)
            {
                _answer = new TaskCompletionSource<Freshness>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            complete(_answer);
        }
    }
}
