using System.Text.RegularExpressions;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>Ways to decide, and to be kept from deciding, in a real browser.</summary>
public sealed class DecidingTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [MemberData(nameof(Profiles.WithJavaScript), MemberType = typeof(Profiles))]
    [MemberData(nameof(Profiles.WithoutJavaScript), MemberType = typeof(Profiles))]
    public async Task A_denial_needs_a_reason_and_ends_the_plan(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).SetImage());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.OpenAsync(plan);

        await alice.DenyButton.ClickAsync();
        await Assertions.Expect(alice.Page.Locator("#problem")).ToContainTextAsync("needs a reason");
        await alice.LookAsync("denial-without-reason");
        await alice.Page.Locator("textarea").FillAsync("Not on a Friday.");
        await alice.DenyButton.ClickAsync();

        await alice.ExpectStatusAsync("Denied");
        await Assertions.Expect(alice.Page.Locator(".decisions")).ToContainTextAsync("Not on a Friday.");
        await alice.LookAsync("denied");
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Denied);
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task What_is_at_stake_and_what_each_button_does_is_said_beside_the_buttons()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        await alice.OpenAsync(plan);

        const string Stake = "You are about to decide: Deployment/nginx-demo goes from 1 Pod to 3 Pods. ";
        await Assertions.Expect(alice.ApproveButton).ToHaveAccessibleDescriptionAsync(new Regex("^" + Stake + "Approving lets the agent carry out exactly this, once, until .* at the latest.$"));
        await Assertions.Expect(alice.DenyButton).ToHaveAccessibleDescriptionAsync(Stake + "Denying ends this plan for good; the agent is told your reason.");
        await Assertions.Expect(alice.Page.Locator("form.decide #stake")).ToBeVisibleAsync();
        await Assertions.Expect(alice.Page.Locator("form.decide #denying")).ToBeVisibleAsync();
        await alice.LookAsync("at-stake");
    }

    [Fact]
    public async Task The_button_and_the_hint_say_what_they_ask_for()
    {
        await using var host = await ApprovalHost.StartAsync();
        var samples = new PlanSamples(host.Time, Person.Alice);
        using var alice = host.NewRawBrowser(Person.Alice);

        var toZero = await ReadAsync(samples.Scale(from: 2, to: 0));
        toZero.ShouldContain(">Approve stopping every Pod</button>");
        toZero.ShouldContain("tick the marked finding.");
        (await ReadAsync(samples.Scale())).ShouldContain(">Approve the new scale</button>");
        (await ReadAsync(samples.Scale(from: 0, to: 0))).ShouldContain(">Approve the new scale</button>");
        (await ReadAsync(samples.ManyFindings())).ShouldContain("tick the 3 marked findings.");

        async Task<string> ReadAsync(PlanContent content) => await alice.ReadAsync($"/approvals/plans/{(await host.AddAsync(content)).Id}");
    }

    [Fact]
    public async Task Two_approvers_are_needed_and_the_page_says_who_has_and_who_is_missing()
    {
        await using var host = await ApprovalHost.StartAsync(Policies.TwoFromSre);
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var bob = await Visitor.OpenAsync(chromium, host, Person.Bob);
        await using var carol = await Visitor.OpenAsync(chromium, host, Person.Carol, BrowserProfile.PhoneDark);
        await carol.OpenAsync(plan);
        await bob.OpenAsync(plan);
        await Assertions.Expect(bob.Page.Locator(".tally")).ToHaveTextAsync("0 of 2 approvals");

        await bob.ApproveButton.ClickAsync();
        await Assertions.Expect(bob.Page.Locator(".tally")).ToHaveTextAsync("1 of 2 approvals");
        await Assertions.Expect(bob.Page.Locator(".decisions")).ToContainTextAsync("Still missing: members of sre, but not Alice Adams, who asked");
        await Assertions.Expect(bob.ApproveButton).ToHaveCountAsync(0);
        await bob.LookAsync("two-approvers-first");
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);

        await Assertions.Expect(carol.Page.Locator(".decisions")).ToContainTextAsync("Bob Brown");
        await carol.ApproveButton.ClickAsync();
        await carol.ExpectStatusAsync("Approved");
        await bob.ExpectStatusAsync("Approved");
        await carol.LookAsync("two-approvers-second");
        (await host.Store.FindAsync(plan.Id))!.Decisions.Select(decision => decision.Subject).ShouldBe(["bob", "carol"]);
        await bob.ShouldHaveNoComplaintsAsync();
        await carol.ShouldHaveNoComplaintsAsync();
    }

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Whoever_asked_may_not_approve_under_four_eyes_and_sees_why(string profile)
    {
        await using var host = await ApprovalHost.StartAsync(Policies.FourEyes);
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Delete());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));

        await alice.OpenAsync(plan);

        await Assertions.Expect(alice.Page.GetByText("somebody other than the person on whose behalf this was requested must decide")).ToBeVisibleAsync();
        await Assertions.Expect(alice.ApproveButton).ToHaveCountAsync(0);
        await Assertions.Expect(alice.Page.Locator(".diff").First).ToBeVisibleAsync();
        await alice.LookAsync("self-approval-refused");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task While_a_deny_window_is_open_a_plan_can_be_denied_and_not_approved()
    {
        await using var host = await ApprovalHost.StartAsync(Policies.Frozen);
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);

        await alice.OpenAsync(plan);

        await Assertions.Expect(alice.ApproveButton).ToHaveCountAsync(0);
        await Assertions.Expect(alice.DenyButton).ToBeVisibleAsync();
        await Assertions.Expect(alice.DenyButton).ToHaveAccessibleDescriptionAsync(new Regex("^You are about to decide: .* Denying ends this plan for good"));
        await Assertions.Expect(alice.Page.Locator("form.decide .banner")).ToContainTextAsync("freeze");
        await alice.LookAsync("change-window-closed");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_deletion_is_decided_with_the_keyboard_alone()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Delete());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.GoToAsync("/approvals");

        await TabToAsync(alice, "a.plan-link");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.ExpectStatusAsync("Waiting for approval");
        await TabToAsync(alice, "label.tick input");
        await alice.Page.Keyboard.PressAsync("Space");
        await TabToAsync(alice, "input[name='Input.RetypedName']");
        await alice.Page.Keyboard.TypeAsync("nginx-demo");
        await TabToAsync(alice, "button.approve");
        await alice.Page.Keyboard.PressAsync("Enter");

        await alice.ExpectStatusAsync("Approved");
    }

    [Theory]
    [MemberData(nameof(Profiles.WithoutJavaScript), MemberType = typeof(Profiles))]
    public async Task Without_JavaScript_a_plan_is_read_approved_and_followed(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Delete());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.GoToAsync("/approvals");
        await alice.Page.Locator(".plan-link").First.ClickAsync();

        await alice.ApproveButton.ClickAsync();
        await Assertions.Expect(alice.Page.Locator("#problem")).ToContainTextAsync("must be ticked");
        await alice.Page.Locator("label.tick input").CheckAsync();
        await alice.ApproveButton.ClickAsync();
        await Assertions.Expect(alice.Page.Locator("#problem")).ToContainTextAsync("type the name");
        (await alice.Page.Locator("label.tick input").IsCheckedAsync()).ShouldBeTrue("what was ticked is not lost");
        await alice.LookAsync("without-javascript");
        await alice.Page.Locator("input[name='Input.RetypedName']").FillAsync("nginx-demo");
        await alice.ApproveButton.ClickAsync();
        await alice.ExpectStatusAsync("Approved");

        await host.Agent.ClaimAsync(plan.Id);
        await host.Agent.FinishAsync(plan.Id);
        await Assertions.Expect(alice.Status).ToHaveTextAsync("Applied");
        await alice.LookAsync("without-javascript-applied");
        await alice.ShouldHaveNoComplaintsAsync();
    }

    [Fact]
    public async Task A_requester_withdraws_a_request()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Restart());
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.OpenAsync(plan);

        await alice.Page.GetByText("Withdraw this request of mine").ClickAsync();

        await alice.ExpectStatusAsync("Withdrawn");
        await alice.LookAsync("withdrawn");
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Cancelled);
    }

    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The keyboard does not reach {selector}.");
    }
}
