using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.ApprovalUi.Tests.Pages;

public sealed class WarmUpTests
{
    [Fact]
    public async Task Getting_the_pages_ready_draws_them_without_a_warning_and_leaves_no_trace()
    {
        await using var host = await ApprovalHost.StartAsync();
        var before = await host.Store.ReadAuditHeadAsync();

        await host.WarmedUpAsync();

        host.Warnings.ShouldBeEmpty();
        (await host.Store.ReadAuditHeadAsync()).ShouldBe(before);
        (await host.Store.ListAsync(new PlanQuery())).Plans.ShouldBeEmpty();
    }

    [Fact]
    public async Task Handing_out_the_first_link_draws_the_plans_page_as_a_visit_would_and_leaves_no_trace()
    {
        await using var host = await ApprovalHost.StartAsync();
        await host.WarmedUpAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).ChangedLines(3));
        var before = await host.Store.ReadAuditHeadAsync();

        await host.WarmedUpAsync(plan.Id);

        host.Freshness.Asked.ShouldBe([plan.Id]);
        host.Warnings.ShouldBeEmpty();
        (await host.Store.ReadAuditHeadAsync()).ShouldBe(before);
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    [Fact]
    public async Task A_plan_that_waits_when_the_gateway_starts_is_drawn_without_a_link()
    {
        Plan? plan = null;
        await using var host = await ApprovalHost.StartAsync(seed: async starting => plan = await starting.AddAsync(new PlanSamples(starting.Time, Person.Alice).ChangedLines(3)));

        await host.RehearsedAsync();

        host.Freshness.Asked.ShouldBe([plan!.Id]);
        host.Warnings.ShouldBeEmpty();
    }
}
