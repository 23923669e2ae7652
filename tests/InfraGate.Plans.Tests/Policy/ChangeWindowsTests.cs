using System.Globalization;
using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Tests.Policy;

public sealed class ChangeWindowsTests
{
    private static readonly ChangeWindow Nights = new("nights", WindowKind.Allow, [], new TimeOnly(22, 0), TimeSpan.FromHours(8), "Europe/Berlin");
    private static readonly ChangeWindow Weekend = new("weekend", WindowKind.Deny, [DayOfWeek.Friday], new TimeOnly(16, 0), TimeSpan.FromHours(64), "Europe/Berlin");
    private static readonly ChangeWindow Skipped = new("skipped", WindowKind.Allow, [DayOfWeek.Sunday], new TimeOnly(2, 30), TimeSpan.FromHours(1), "Europe/Berlin");
    private static readonly ChangeWindow WholeWeek = new("week", WindowKind.Deny, [DayOfWeek.Monday], TimeOnly.MinValue, TimeSpan.FromDays(7), "UTC");

    [Fact]
    public void No_window_refuses_nothing() => ChangeWindows.RefusalAt([], DateTimeOffset.UnixEpoch).ShouldBeNull();

    [Theory]
    [InlineData("2026-11-20T20:59:59Z", false)]
    [InlineData("2026-11-20T21:00:00Z", true)]
    [InlineData("2026-11-20T23:30:00Z", true)]
    [InlineData("2026-11-21T04:59:59Z", true)]
    [InlineData("2026-11-21T05:00:00Z", false)]
    [InlineData("2026-07-01T20:00:00Z", true)]
    [InlineData("2026-07-01T19:59:59Z", false)]
    public void A_window_spans_midnight_in_its_own_time_zone(string instant, bool open) => IsOpen(instant, Nights).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-28T21:00:00Z", true)]
    [InlineData("2026-03-29T04:59:59Z", true)]
    [InlineData("2026-03-29T05:00:00Z", false)]
    [InlineData("2026-10-24T20:00:00Z", true)]
    [InlineData("2026-10-25T03:59:59Z", true)]
    [InlineData("2026-10-25T04:00:00Z", false)]
    public void A_window_lasts_its_length_in_the_nights_in_which_the_clock_is_moved(string instant, bool open) => IsOpen(instant, Nights).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    [InlineData("2026-03-29T01:59:59Z", true)]
    [InlineData("2026-03-29T02:00:00Z", false)]
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T01:29:59Z", true)]
    [InlineData("2026-10-25T01:30:00Z", false)]
    public void A_start_that_the_clock_skips_is_the_jump_and_one_that_comes_twice_is_the_first(string instant, bool open) => IsOpen(instant, Skipped).ShouldBe(open);

    [Theory]
    [InlineData("2026-11-20T14:59:59Z", true)]
    [InlineData("2026-11-20T15:00:00Z", false)]
    [InlineData("2026-11-22T12:00:00Z", false)]
    [InlineData("2026-11-23T06:59:59Z", false)]
    [InlineData("2026-11-23T07:00:00Z", true)]
    public void A_denying_window_spans_days(string instant, bool allowed) => (ChangeWindows.RefusalAt([Weekend], At(instant)) is null).ShouldBe(allowed);

    [Theory]
    [InlineData("2026-11-16T00:00:00Z")]
    [InlineData("2026-11-20T12:00:00Z")]
    [InlineData("2026-11-22T23:59:59Z")]
    public void A_window_may_last_the_whole_week(string instant) => ChangeWindows.RefusalAt([WholeWeek], At(instant)).ShouldNotBeNull();

    [Fact]
    public void Deny_beats_allow_and_says_which_and_until_when()
    {
        var refusal = ChangeWindows.RefusalAt([Nights, Weekend], At("2026-11-20T22:00:00Z"));

        refusal.ShouldBe("The change window 'weekend' refuses changes until Mon 2026-11-23 08:00 Europe/Berlin.");
    }

    [Fact]
    public void Outside_of_every_allowing_window_the_next_one_is_named()
    {
        var refusal = ChangeWindows.RefusalAt([Skipped, Nights], At("2026-11-20T12:00:00Z"));

        refusal.ShouldBe("Changes are allowed only within a change window; the next one, 'nights', opens at Fri 2026-11-20 22:00 Europe/Berlin.");
    }

    private static bool IsOpen(string instant, ChangeWindow window) => ChangeWindows.RefusalAt([window], At(instant)) is null;

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
