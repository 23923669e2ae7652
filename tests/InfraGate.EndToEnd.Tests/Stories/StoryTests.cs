using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>The story that must always work, with the decision clicked in real Chromium.</summary>
public abstract class StoryTests(StoryGateway stack, ChromiumFixture chromium)
{
    private const string NewImage = "nginxinc/nginx-unprivileged:1.27.5";

    private IClusterUnderTest Cluster => stack.Cluster;

    private async Task<string> ImageAsync(string @namespace) =>
        (string)(await Cluster.Admin.GetAsync(KubePath.Deployment(@namespace, "nginx-demo")))["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!;

    [Fact]
    public async Task A_plan_is_made_approved_by_a_click_applied_once_and_seen_in_the_cluster()
    {
        var scenario = stack.TakeNamespace();
        var untouched = await UntouchedNamespace.RememberAsync(Cluster, scenario);
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        await using var alice = new ChromiumApprover(chromium, Person.Alice);

        (await agent.CallAsync("get_k8s_status", ("namespace", scenario))).Text.ShouldContain("nginx-demo");
        var plan = await agent.PlanImageAsync(scenario, NewImage);
        var waiting = await agent.ApplyAsync(plan);
        waiting.Code.ShouldBe("approval_required");
        await alice.OpenAsync(waiting.ApprovalLink);
        var text = await alice.Page.InnerTextAsync("main");
        text.ShouldContain("nginxinc/nginx-unprivileged:1.27.3");
        text.ShouldContain(NewImage);
        await ChromiumFixture.ScreenshotAsync(alice.Page, $"story-{Cluster.Name.Replace(' ', '-')}-review");
        await alice.ApproveAsync();
        await untouched.ShouldStillBeSoAsync();

        var applied = await agent.ApplyAsync(plan);

        applied["status"].ShouldBe("applied", applied.Text);
        (await Cluster.ListWritesAsync(scenario)).ShouldHaveSingleItem().Verb.ShouldBe("patch");
        (await ImageAsync(scenario)).ShouldBe(NewImage);
        (await agent.CallAsync("get_k8s_resource", ("namespace", scenario), ("kind", "Deployment"), ("name", "nginx-demo"))).Text.ShouldContain(NewImage);
        var again = await agent.ApplyAsync(plan);
        again.Code.ShouldBe("plan_already_applied");
        again.Details.GetProperty("objects").ToString().ShouldBe(applied.Structured.GetProperty("objects").ToString());
        (await Cluster.CountWritesAsync(scenario)).ShouldBe(1);
        await alice.Page.ReloadAsync();
        (await alice.Page.InnerTextAsync(".state-line")).ShouldContain("applied", Case.Insensitive);
        await ChromiumFixture.ScreenshotAsync(alice.Page, $"story-{Cluster.Name.Replace(' ', '-')}-applied");
    }

    [Fact]
    public async Task A_plan_that_is_denied_by_a_click_is_never_applied_and_the_agent_is_told_why()
    {
        var scenario = stack.TakeNamespace();
        var untouched = await UntouchedNamespace.RememberAsync(Cluster, scenario);
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        await using var alice = new ChromiumApprover(chromium, Person.Alice);
        var plan = await agent.PlanImageAsync(scenario, NewImage);

        await alice.OpenAsync((await agent.ApplyAsync(plan)).ApprovalLink);
        await alice.DenyAsync("Not during the launch.");
        var refused = await agent.ApplyAsync(plan);

        refused.Code.ShouldBe("plan_denied");
        refused.Text.ShouldContain("Not during the launch");
        await untouched.ShouldStillBeSoAsync();
    }

    [Fact]
    public async Task Fifty_calls_at_once_for_an_approved_plan_carry_it_out_once_and_all_get_its_outcome()
    {
        var scenario = stack.TakeNamespace();
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        using var alice = new WireApprover(Person.Alice);
        var plan = await agent.PlanAsync("request_restart_deployment", ("namespace", scenario), ("name", "nginx-demo"));
        await alice.ApproveAsync((await agent.ApplyAsync(plan)).ApprovalLink);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => stack.OpenSessionAsync(Person.Alice)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => sessions[i % sessions.Length].ApplyAsync(plan)));

        foreach (var session in sessions)
            await session.DisposeAsync();
        (await Cluster.ListWritesAsync(scenario)).ShouldHaveSingleItem();
        answers.Select(OutcomeOf).Distinct().ShouldHaveSingleItem().ShouldContain("Deployment/nginx-demo");
    }

    /// <summary>What became of the plan's objects: as the answer of the call that carried it out, or as the recorded outcome that a late call gets.</summary>
    private static string OutcomeOf(ToolAnswer answer)
    {
        if (answer.IsError)
            answer.Code.ShouldBe("plan_already_applied", answer.Text);
        return (answer.IsError ? answer.Details : answer.Structured).GetProperty("objects").GetRawText();
    }
}
