using InfraGate.ApprovalUi.Tests.Support;

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
        (await host.Store.ListAsync(new Plans.Storage.PlanQuery())).Plans.ShouldBeEmpty();
    }
}
