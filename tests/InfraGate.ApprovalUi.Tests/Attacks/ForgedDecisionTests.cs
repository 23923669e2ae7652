using System.Net;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.ApprovalUi.Tests.Attacks;

/// <summary>Decisions that nobody made, or that somebody made about something else.</summary>
public sealed class ForgedDecisionTests : IAsyncLifetime
{
    private ApprovalHost _host = null!;
    private RawBrowser _alice = null!;
    private Plan _plan = null!;

    public async Task InitializeAsync()
    {
        _host = await ApprovalHost.StartAsync();
        _plan = await _host.AddAsync(new PlanSamples(_host.Time, Person.Alice).Delete());
        _alice = _host.NewRawBrowser(Person.Alice);
    }

    public async Task DisposeAsync()
    {
        _alice.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_decision_without_the_pages_own_token_is_refused()
    {
        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form).Remove("__RequestVerificationToken")).PageAsync(HttpStatusCode.BadRequest)).ShouldContain("This form was not taken");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_decision_with_the_token_of_somebody_elses_page_is_refused()
    {
        using var mallory = _host.NewRawBrowser(new Person("mallory", "Mallory"));
        var stolen = await Token(mallory);

        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form)["__RequestVerificationToken"] = stolen).PageAsync(HttpStatusCode.BadRequest)).ShouldContain("This form was not taken");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_decision_about_another_digest_is_refused()
    {
        var other = await _host.AddAsync(new PlanSamples(_host.Time, Person.Alice).Scale());

        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form)["Input.Digest"] = other.Digest.Value).PageAsync()).ShouldContain("What was on the page is not this plan");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_decision_while_the_policy_changes_under_it_is_refused()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        await File.WriteAllTextAsync(_host.PolicyPath, "version: 1\ndefaults:\n  grantLifetime: 5m\n");

        (await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync()).ShouldContain("The policy changed while the page was open");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_decision_without_the_tick_or_the_name_is_refused()
    {
        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form).Remove("Input.Acknowledged")).PageAsync()).ShouldContain("must be ticked");
        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form)["Input.Acknowledged"] = "f9").PageAsync()).ShouldContain("A finding was ticked that this plan does not have");
        (await _alice.ApproveAsync(_plan.Id, form => Confirm(form)["Input.RetypedName"] = "nginx-dem").PageAsync()).ShouldContain("type the name of what is at stake");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_post_that_names_no_verdict_approves_nothing()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));

        await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync();
        form["Input.Verdict"] = "9";
        using var odd = await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form);

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task An_approval_that_is_posted_again_changes_nothing()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        (await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form)).EnsureRedirect();
        var approved = await _host.Store.FindAsync(_plan.Id);

        (await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync()).ShouldContain("approved already");

        var after = await _host.Store.FindAsync(_plan.Id);
        after!.Grant.ShouldBe(approved!.Grant);
        after.Decisions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_replayed_on_another_plan_is_refused()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        var other = await _host.AddAsync(new PlanSamples(_host.Time, Person.Alice).Delete());

        (await _alice.PostAsync($"/approvals/plans/{other.Id}", form).PageAsync()).ShouldContain("What was on the page is not this plan");

        (await _host.Store.FindAsync(other.Id))!.Status.ShouldBe(PlanStatus.Pending);
    }

    [Fact]
    public async Task Somebody_whom_the_policy_does_not_name_cannot_post_a_decision_either()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        using var bob = _host.NewRawBrowser(Person.Bob);
        form["__RequestVerificationToken"] = await Token(bob);
        form["Input.Verdict"] = "Approve";

        (await bob.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync()).ShouldContain("on whose behalf this was requested");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task A_stale_plan_cannot_be_approved_from_a_page_that_was_open_before()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        _host.Freshness.MakeStale(_plan.Id, "It changed.");

        (await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync()).ShouldContain("the cluster changed since this plan was made");

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task An_expired_plan_cannot_be_approved_from_a_page_that_was_open_before()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        _host.Time.Forward(TimeSpan.FromMinutes(61));

        (await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync()).ShouldContain("The plan has expired");

        (await _host.Store.FindAsync(_plan.Id))!.Grant.ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_that_was_edited_in_the_database_says_so_and_cannot_be_approved()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        await _host.TamperAsync(_plan.Id, "nginx:1.27.3", "evil:1.27.3");

        var page = await _alice.ReadAsync($"/approvals/plans/{_plan.Id}");
        var answer = await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync();

        page.ShouldContain("is not what was sealed");
        page.ShouldNotContain("value=\"Approve\"");
        answer.ShouldContain("somebody edited the database");
        (await _host.Store.FindAsync(_plan.Id))!.Grant.ShouldBeNull();
    }

    [Fact]
    public async Task A_decision_that_nobody_signed_is_said_on_the_page_and_cannot_be_built_on()
    {
        var form = Confirm(await _alice.FormAsync(_plan.Id));
        form["Input.Verdict"] = "Approve";
        await _host.Store.TryDecideAsync(_plan.Id, new Decision("bob", "Bob", Verdict.Approve, Reason: null, [], _host.Time.GetUtcNow()), expectedDecisions: 0, transition: null);

        var page = await _alice.ReadAsync($"/approvals/plans/{_plan.Id}");
        var answer = await _alice.PostAsync($"/approvals/plans/{_plan.Id}", form).PageAsync();

        page.ShouldContain("is not what was sealed and signed");
        page.ShouldContain("a decision that this gateway did not sign");
        page.ShouldNotContain("value=\"Approve\"");
        answer.ShouldContain("an older InfraGate");
        (await _host.Store.FindAsync(_plan.Id))!.Grant.ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_that_is_no_longer_one_has_a_page_that_says_so()
    {
        await _host.TamperAsync(_plan.Id, "{", "[");

        (await _alice.GetAsync($"/approvals/plans/{_plan.Id}").PageAsync(HttpStatusCode.Conflict)).ShouldContain("This plan was edited in the database");
    }

    [Fact]
    public async Task Nobody_withdraws_somebody_elses_plan()
    {
        using var bob = _host.NewRawBrowser(Person.Bob);
        using var response = await bob.PostAsync($"/approvals/plans/{_plan.Id}", new() { ["_handler"] = "withdraw", ["__RequestVerificationToken"] = await Token(bob) });

        await ShouldStillWaitAsync();
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_or_does_anything()
    {
        using var nobody = _host.NewRawBrowser(person: null);

        foreach (var path in new[] { "/approvals", $"/approvals/plans/{_plan.Id}", "/approvals/audit", "/approvals/live", $"/approvals/live/plans/{_plan.Id}", "/approvals/c/abc", "/approvals/audit/export.jsonl", "/approvals/audit/export.csv" })
        {
            using var response = await nobody.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        using var posted = await nobody.PostAsync($"/approvals/plans/{_plan.Id}", Confirm(await _alice.FormAsync(_plan.Id)));
        posted.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var html = await posted.Content.ReadAsStringAsync();
        html.ShouldContain("Your sign-in has ended");
        html.ShouldContain($"href=\"/approvals/plans/{_plan.Id}\"");
        await ShouldStillWaitAsync();
    }

    private static Dictionary<string, string> Confirm(Dictionary<string, string> form)
    {
        form["Input.Acknowledged"] = "f1";
        form["Input.RetypedName"] = "nginx-demo";
        return form;
    }

    private static async Task<string> Token(RawBrowser browser) => await browser.TokenAsync("/approvals");

    private async Task ShouldStillWaitAsync()
    {
        var plan = await _host.Store.FindAsync(_plan.Id);
        plan!.Status.ShouldBe(PlanStatus.Pending);
        plan.Decisions.ShouldBeEmpty();
        plan.Grant.ShouldBeNull();
    }
}
