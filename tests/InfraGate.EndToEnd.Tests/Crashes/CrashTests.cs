using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Crashes;

/// <summary>Gateway and server are killed with SIGKILL at the moments that matter, and started again on what they left behind.</summary>
[Collection(OnAGatewayToKill.Name)]
public sealed class CrashTests(CrashGateway stack)
{
    private const string NewImage = "nginxinc/nginx-unprivileged:1.28.0";
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    private static bool IsTheWrite(ProxiedRequest request) =>
        request.Method == "PATCH" && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal) && !request.PathAndQuery.Contains("dryRun", StringComparison.Ordinal);

    private async Task<(long Generation, string Image)> DeploymentAsync(string @namespace)
    {
        var deployment = await stack.Cluster.Admin.GetAsync(KubePath.Deployment(@namespace, "nginx-demo"));
        return ((long)deployment["metadata"]!["generation"]!, (string)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!);
    }

    private async Task RestartAsync()
    {
        await stack.Gateway.KillAsync();
        stack.Proxy.Heal();
        await stack.Gateway.StartAsync();
    }

    private async Task<string> PlanAsync(string @namespace, bool approved)
    {
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        var plan = await agent.PlanImageAsync(@namespace, NewImage);
        if (approved)
            await ApproveAsync((await agent.ApplyAsync(plan)).ApprovalLink);
        return plan;
    }

    private static async Task ApproveAsync(Uri link)
    {
        using var alice = new WireApprover(Person.Alice);
        await alice.ApproveAsync(link);
    }

    private async Task<ToolAnswer> ApplyAsync(string plan)
    {
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        return await agent.ApplyAsync(plan);
    }

    /// <summary>Calls until the plan's record is final: a successor first waits until the dead executor's lease has run out.</summary>
    private Task<ToolAnswer> OutcomeAsync(string plan) =>
        Eventually.GetAsync(() => ApplyAsync(plan), answer => !answer.IsError || answer.Code == "plan_already_applied", Recovery);

    private async Task TheTrailShouldBeWholeAsync()
    {
        var (code, output) = await stack.Gateway.VerifyAuditAsync();
        code.ShouldBe(0, output);
        output.ShouldContain("is whole");
    }

    [Fact]
    public async Task A_plan_that_waits_still_waits_and_its_link_still_leads_to_it()
    {
        var scenario = stack.TakeNamespace();
        var plan = await PlanAsync(scenario, approved: false);
        var link = (await ApplyAsync(plan)).ApprovalLink;

        await RestartAsync();

        (await ApplyAsync(plan)).Code.ShouldBe("approval_required");
        await ApproveAsync(link);
        (await ApplyAsync(plan))["status"].ShouldBe("applied");
        (await DeploymentAsync(scenario)).Image.ShouldBe(NewImage);
        await TheTrailShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_plan_that_is_approved_still_is_and_is_applied_once()
    {
        var scenario = stack.TakeNamespace();
        var plan = await PlanAsync(scenario, approved: true);

        await RestartAsync();

        (await ApplyAsync(plan))["status"].ShouldBe("applied");
        (await ApplyAsync(plan)).Code.ShouldBe("plan_already_applied");
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
        await TheTrailShouldBeWholeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_that_is_being_applied_is_finished_once_be_it_written_already_or_not(bool written)
    {
        var scenario = stack.TakeNamespace();
        var plan = await PlanAsync(scenario, approved: true);
        var before = await DeploymentAsync(scenario);
        var held = stack.Proxy.Hold(IsTheWrite, afterHandling: written);
        var interrupted = ApplyAsync(plan);
        await held.Hit;
        (await DeploymentAsync(scenario)).Image.ShouldBe(written ? NewImage : before.Image);

        await RestartAsync();

        await Should.ThrowAsync<Exception>(interrupted);
        (await OutcomeAsync(plan)).ToString().ShouldContain(plan);
        (await DeploymentAsync(scenario)).ShouldBe((before.Generation + 1, NewImage));
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBeInRange(1, written ? 1 : 2, "A write that was held back may still arrive when its sender is gone; it changes nothing more.");
        await TheTrailShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_applies_is_replaced_and_the_plan_finished_once()
    {
        var scenario = stack.TakeNamespace();
        var plan = await PlanAsync(scenario, approved: true);
        var before = await DeploymentAsync(scenario);
        var held = stack.Proxy.Hold(IsTheWrite, afterHandling: true);
        var interrupted = ApplyAsync(plan);
        await held.Hit;

        stack.Gateway.KillServer();
        var told = await interrupted;
        stack.Proxy.Heal();

        told.Code.ShouldBe("cluster_unavailable", told.Text);
        (await OutcomeAsync(plan)).ToString().ShouldContain(plan);
        (await DeploymentAsync(scenario)).ShouldBe((before.Generation + 1, NewImage));
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
        await TheTrailShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_plan_of_another_cluster_is_not_applied_to_this_one()
    {
        var scenario = stack.TakeNamespace();
        var plan = await PlanAsync(scenario, approved: true);
        var untouched = await UntouchedNamespace.RememberAsync(stack.Cluster, scenario);
        IClusterUnderTest other = new SandboxCluster();
        await other.InitializeAsync();
        try
        {
            await stack.Gateway.KillAsync();
            await stack.Gateway.StartAsync(("KUBECONFIG", other.KubeconfigPath));

            var refused = await ApplyAsync(plan);

            refused.Code.ShouldBe("plan_not_found");
            refused.Text.ShouldContain("not configured here");
            (await other.CountWritesAsync()).ShouldBe(0);
            await untouched.ShouldStillBeSoAsync();
        }
        finally
        {
            await RestartAsync();
            await other.DisposeAsync();
        }
    }
}
