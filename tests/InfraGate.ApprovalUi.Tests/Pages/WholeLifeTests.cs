using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Pages;

/// <summary>A plan of each operation from the inbox to its rollout, in a real browser. Screenshots are kept under <c>TestResults/screenshots</c>.</summary>
public sealed class WholeLifeTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    /// <summary>The samples of each operation; where there are two, each has its life on both sizes and in both themes.</summary>
    private static readonly string[][] Operations = [["scale", "scale-to-zero"], ["restart"], ["set-image", "findings"], ["delete"], ["create", "update"]];

    private static readonly BrowserProfile[] Looks = [BrowserProfile.Desktop, BrowserProfile.Dark, BrowserProfile.PhoneDark, BrowserProfile.Phone];

    /// <summary>Each operation on desktop and on a phone, in both themes.</summary>
    public static TheoryData<string, string> Lives
    {
        get
        {
            var lives = new TheoryData<string, string>();
            foreach (var samples in Operations)
            {
                foreach (var (at, profile) in Looks.Index())
                {
                    lives.Add(samples[at % samples.Length], profile.Name);
                }
            }

            return lives;
        }
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task A_person_finds_reviews_and_approves_a_plan_and_watches_it_being_carried_out(string sample, string profileName)
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(Sample(sample, new PlanSamples(host.Time, Person.Alice)));
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profileName));

        await alice.GoToAsync("/approvals");
        await alice.Page.Locator(".plan-link").First.ClickAsync();
        await alice.ExpectStatusAsync("Waiting for approval");
        await alice.LookHereAsync($"{sample}-1-plan");
        await ConfirmAsync(alice, plan);
        await alice.ApproveButton.ClickAsync();
        await alice.ExpectStatusAsync("Approved");
        await host.Agent.ClaimAsync(plan.Id);
        await alice.ExpectStatusAsync("Being applied");
        await host.Agent.FinishAsync(plan.Id);
        await alice.ExpectStatusAsync("Applied");
        await host.Agent.RollOutAsync(plan.Id, "complete", "All Pods are ready.");
        if (sample != "delete")
        {
            await Assertions.Expect(alice.Page.Locator(".rollouts")).ToContainTextAsync("All Pods are ready.");
        }

        await alice.LookHereAsync($"{sample}-2-applied");
        (await host.Store.FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Applied);
        await alice.ShouldHaveNoComplaintsAsync();
    }

    private static async Task ConfirmAsync(Visitor person, Plan plan)
    {
        foreach (var tick in await person.Page.Locator("label.tick input").AllAsync())
        {
            await Assertions.Expect(person.ApproveButton).ToBeDisabledAsync();
            await tick.CheckAsync();
        }

        var retype = person.Page.Locator("input[name='Input.RetypedName']");
        if (await retype.CountAsync() > 0)
        {
            await Assertions.Expect(person.ApproveButton).ToBeDisabledAsync();
            await retype.FillAsync(plan.Content.Targets[0].Name);
        }

        await Assertions.Expect(person.ApproveButton).ToBeEnabledAsync();
    }

    private static PlanContent Sample(string name, PlanSamples samples) => name switch
    {
        "scale" => samples.Scale(),
        "scale-to-zero" => samples.Scale(from: 2, to: 0),
        "restart" => samples.Restart(),
        "set-image" => samples.SetImage(),
        "delete" => samples.Delete(),
        "create" => samples.Create(),
        "update" => samples.Update(),
        _ => samples.ManyFindings(),
    };
}
