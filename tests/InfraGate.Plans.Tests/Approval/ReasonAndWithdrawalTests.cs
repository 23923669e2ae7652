using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>What a denial must say, and who may take a request back.</summary>
public sealed class ReasonAndWithdrawalTests : ApprovalDeskTests
{
    [Theory]
    [InlineData(null, "needs a reason")]
    [InlineData("  \n ", "needs a reason")]
    [InlineData("bell \u0007", "control")]
    [InlineData("escape \u001b[31m", "control")]
    [InlineData("\u202Eevil", "control")]
    [InlineData("isolate \u2066x", "control")]
    [InlineData("line\u2028separator", "")]
    public async Task A_reason_must_be_there_and_look_like_what_it_is(string? reason, string expected)
    {
        var plan = await AddAsync();
        if (expected.Length > 0)
        {
            await RefusedAsync(Deny(plan, Alice, reason), expected);
        }
        else
        {
            (await Desk.DecideAsync(Deny(plan, Alice, reason))).Plan!.StatusReason.ShouldBe("line\nseparator");
        }
    }

    [Fact]
    public async Task A_reason_has_a_bound()
    {
        var plan = await AddAsync();

        await RefusedAsync(Deny(plan, Alice, new string('x', 1001)), "1000");
        (await Desk.DecideAsync(Deny(plan, Alice, $"  {new string('x', 1000)}\r\n"))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_requester_withdraws()
    {
        var plan = await AddAsync();

        (await Desk.WithdrawAsync(plan.Id, Bob)).ShouldBeFalse();
        (await Desk.WithdrawAsync(PlanId.New(Time.GetUtcNow()), Alice)).ShouldBeFalse();
        (await Desk.WithdrawAsync(plan.Id, Alice)).ShouldBeTrue();
        (await Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Cancelled);
    }

    [Fact]
    public async Task Who_holds_the_key_withdraws_what_it_asked()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Time.GetUtcNow(), new Requester("key:codex", "codex", "api-key", Owner: "alice")), "owned");

        (await Desk.WithdrawAsync(plan.Id, Bob)).ShouldBeFalse();
        (await Desk.WithdrawAsync(plan.Id, Alice)).ShouldBeTrue();
    }
}
