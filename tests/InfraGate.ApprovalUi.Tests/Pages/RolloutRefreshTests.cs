using InfraGate.ApprovalUi.Tests.Support;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>How long a page without JavaScript reloads itself because of a rollout.</summary>
public sealed class RolloutRefreshTests
{
    private const string Refresh = "http-equiv=\"refresh\"";

    [Fact]
    public async Task A_page_without_JavaScript_follows_a_rollout_for_a_quarter_of_an_hour_and_not_for_ever()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        using var approved = await alice.ApproveAsync(plan.Id);
        await host.Agent.ClaimAsync(plan.Id);
        await host.Agent.FinishAsync(plan.Id);

        host.Time.Forward(TimeSpan.FromMinutes(14));
        var during = await alice.ReadAsync($"/approvals/plans/{plan.Id}");
        host.Time.Forward(TimeSpan.FromMinutes(1));
        var after = await alice.ReadAsync($"/approvals/plans/{plan.Id}");

        during.ShouldContain(Refresh);
        after.ShouldNotContain(Refresh);
        after.ShouldContain("rollout-progressing");
    }
}
