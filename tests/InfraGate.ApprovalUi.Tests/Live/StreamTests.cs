using InfraGate.ApprovalUi.Tests.Support;

namespace InfraGate.ApprovalUi.Tests.Live;

/// <summary>A stream tells of what changed since the page was drawn, and of nothing else. An event's id is the state that it tells of, which the page then carries.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_event_is_the_first_change_whether_it_came_before_or_after_the_stream_was_opened(bool before)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        var page = $"/approvals/plans/{plan.Id}";
        var stream = await alice.StreamOfAsync(page);
        Func<Task> deny = async () => (await alice.DenyAsync(plan.Id, "not now")).EnsureRedirect();

        if (before)
        {
            await deny();
            var told = await alice.NextEventAsync(stream);

            (await alice.StreamOfAsync(page)).ShouldEndWith($"?seen={told}");
        }
        else
        {
            await alice.FollowAsync(page, stream, whenOpen: deny);
        }
    }

    [Fact]
    public async Task A_browser_that_opens_a_stream_again_is_told_of_what_changed_since_its_last_event()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        var page = $"/approvals/plans/{plan.Id}";
        var old = await alice.StreamOfAsync(page);
        (await alice.ApproveAsync(plan.Id)).EnsureRedirect();
        var approved = await alice.NextEventAsync(old);

        var next = await alice.FollowAsync(page, old, approved, whenOpen: () => host.Agent.ClaimAsync(plan.Id));

        next.ShouldNotBe(approved);
    }

    [Fact]
    public async Task The_inbox_is_told_of_a_plan_that_came_after_it_was_drawn()
    {
        await using var host = await ApprovalHost.StartAsync();
        using var alice = host.NewRawBrowser(Person.Alice);
        var stream = await alice.StreamOfAsync("/approvals");
        await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());

        var told = await alice.NextEventAsync(stream);

        (await alice.StreamOfAsync("/approvals")).ShouldEndWith($"?seen={told}");
    }

    [Fact]
    public async Task An_edit_of_the_database_is_told_though_it_leaves_no_entry()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        var page = $"/approvals/plans/{plan.Id}";

        await alice.FollowAsync(page, await alice.StreamOfAsync(page), whenOpen: () => host.TamperAsync(plan.Id, "nginx-demo", "other-demo"));
    }

    [Fact]
    public async Task The_end_of_a_plans_time_is_told_though_it_leaves_no_entry()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        using var alice = host.NewRawBrowser(Person.Alice);
        var page = $"/approvals/plans/{plan.Id}";

        await alice.FollowAsync(page, await alice.StreamOfAsync(page), whenOpen: () => Task.Run(() => host.Time.Forward(TimeSpan.FromMinutes(61))));
    }
}
