using System.Net;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.ApprovalUi.Tests.Attacks;

/// <summary>What an approval link is worth.</summary>
public sealed class ChallengeTests : IAsyncLifetime
{
    private ApprovalHost _host = null!;
    private RawBrowser _alice = null!;
    private Plan _plan = null!;

    public async Task InitializeAsync()
    {
        _host = await ApprovalHost.StartAsync();
        _plan = await _host.AddAsync(new PlanSamples(_host.Time, Person.Alice).Scale());
        _alice = _host.NewRawBrowser(Person.Alice);
    }

    public async Task DisposeAsync()
    {
        _alice.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task It_leads_to_its_plan_once_and_approves_nothing()
    {
        var path = await IssueAsync();

        using var first = await _alice.GetAsync(path);
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        first.Headers.Location!.OriginalString.ShouldEndWith($"/approvals/plans/{_plan.Id}");
        var again = await _alice.GetAsync(path).PageAsync(HttpStatusCode.Gone);

        again.ShouldContain("This link was used before");
        again.ShouldContain($"/approvals/plans/{_plan.Id}");
        (await _host.Store.FindAsync(_plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
        (await _host.Store.SearchAuditAsync(new AuditQuery { Plan = _plan.Id })).Count(entry => entry.Action == AuditActions.ChallengeRedeemed).ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_one_says_so()
    {
        var path = await IssueAsync();
        _host.Time.Forward(TimeSpan.FromMinutes(11));

        (await _alice.GetAsync(path).PageAsync(HttpStatusCode.Gone)).ShouldContain("This link has expired");
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("%2e%2e%2fplans")]
    public async Task An_unknown_one_leads_nowhere(string token) =>
        (await _alice.GetAsync("/approvals/c/" + token).PageAsync(HttpStatusCode.NotFound)).ShouldContain("This link does not lead anywhere");

    [Fact]
    public async Task One_for_another_plan_decides_nothing_about_this_one()
    {
        var other = await _host.AddAsync(new PlanSamples(_host.Time, Person.Alice).Restart());
        var challenge = await _host.Store.IssueChallengeAsync(other.Id, TimeSpan.FromMinutes(10), Person.Alice.ToActor());

        using var response = await _alice.PostAsync($"/approvals/plans/{_plan.Id}", new() { ["challenge"] = challenge.Token, ["Input.Verdict"] = "Approve", ["_handler"] = "decide" });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _host.Store.FindAsync(_plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    private async Task<string> IssueAsync() =>
        "/approvals/c/" + (await _host.Store.IssueChallengeAsync(_plan.Id, TimeSpan.FromMinutes(10), Person.Alice.ToActor())).Token;
}
