namespace InfraGate.Plans.Tests;

public sealed class PlanIdTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 23, 30, 0, TimeSpan.FromHours(-5));

    [Fact]
    public void A_new_id_names_the_day_in_utc_and_can_be_read_again()
    {
        var id = PlanId.New(Day);

        id.Value.ShouldStartWith("20261121-");
        id.Value.Length.ShouldBe(17);
        PlanId.Parse(id.Value.ToLowerInvariant()).ShouldBe(id);
    }

    [Fact]
    public void Ids_do_not_repeat() => Enumerable.Range(0, 10_000).Select(_ => PlanId.New(Day)).Distinct().Count().ShouldBe(10_000);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20261120-7QK2M9Z")]
    [InlineData("20261120-7QK2M9ZXX")]
    [InlineData("20261320-7QK2M9ZX")]
    [InlineData("20261120_7QK2M9ZX")]
    [InlineData("20261120-7QK2M9ZI")]
    [InlineData("20261120-7QK2M9ZO")]
    [InlineData("20261120-7QK2M9Z\u0131")]
    [InlineData("20261120-7QK2M9Z'")]
    [InlineData(" 0261120-7QK2M9ZX")]
    public void What_is_no_id_is_refused(string? text)
    {
        PlanId.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => PlanId.Parse(text!));
    }

    [Fact]
    public void A_default_id_names_nothing() => Should.Throw<InvalidOperationException>(() => default(PlanId).Value);
}
