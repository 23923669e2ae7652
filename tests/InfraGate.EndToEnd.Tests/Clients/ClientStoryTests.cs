using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The story by the clients that people write agents with.</summary>
[Collection(OnTheSandbox.Name)]
public sealed class ClientStoryTests(SandboxGateway stack)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_CSharp_SDK_completes_it_with_sessions_and_without(string revision)
    {
        var scenario = stack.TakeNamespace();
        await using var agent = await AgentSession.OpenAsync(stack.Gateway.Endpoint, await stack.TokenAsync(Person.Alice), revision);
        agent.ProtocolVersion.ShouldBe(revision);
        using var alice = new WireApprover(Person.Alice);

        var plan = await agent.PlanAsync("request_scale_deployment", ("namespace", scenario), ("name", "nginx-demo"), ("replicas", 3));
        await alice.ApproveAsync((await agent.ApplyAsync(plan)).ApprovalLink);

        (await agent.ApplyAsync(plan))["status"].ShouldBe("applied");
        (await agent.CallAsync("get_k8s_status", ("namespace", scenario))).Text.ShouldContain("nginx-demo");
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
    }

    [Fact]
    public async Task The_inspectors_command_line_completes_it()
    {
        var scenario = stack.TakeNamespace();
        using var alice = new WireApprover(Person.Alice);

        (await InspectAsync("--method", "tools/list")).ShouldContain("apply_approved_plan");
        var planned = await CallAsync("request_scale_deployment", $"namespace={scenario}", "name=nginx-demo", "replicas=3");
        var plan = PlanIn(planned);
        var waiting = await CallAsync("apply_approved_plan", $"planId={plan}");
        await alice.ApproveAsync(LinkIn(waiting));

        (await CallAsync("apply_approved_plan", $"planId={plan}")).ShouldContain("\"status\": \"applied\"");
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
    }

    [Fact]
    public async Task The_TypeScript_SDK_completes_it_waiting_for_the_human()
    {
        var scenario = stack.TakeNamespace();
        using var alice = new WireApprover(Person.Alice);
        var tools = await NpmTools.InstallAsync();
        var module = RepositoryFolders.InRepository("tests", "InfraGate.EndToEnd.Tests", "Clients", "story.mjs");
        await using var story = tools.StartModule("typescript-story", module, new Dictionary<string, string?>
        {
            ["ENDPOINT"] = stack.Gateway.Endpoint.AbsoluteUri,
            ["TOKEN"] = await stack.TokenAsync(Person.Alice),
            ["NAMESPACE"] = scenario,
        });

        var link = await story.WaitForLineAsync("approve http", Deadline);
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(0);
        await alice.ApproveAsync(new Uri(link["approve ".Length..]));

        (await story.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', story.RecentLines));
        story.RecentLines.ShouldBe(["tools 14", link, "status applied"]);
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
    }

    private static string PlanIn(string answer) => After(answer, "\"planId\": \"").Split('"')[0];

    private static Uri LinkIn(string answer) => new(After(answer, "\"approvalUrl\": \"").Split('"')[0]);

    private static string After(string text, string mark)
    {
        text.ShouldContain(mark);
        return text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
    }

    private Task<string> CallAsync(string tool, params string[] arguments) =>
        InspectAsync(["--method", "tools/call", "--tool-name", tool, .. arguments.SelectMany(argument => new[] { "--tool-arg", argument })]);

    private async Task<string> InspectAsync(params string[] arguments)
    {
        var tools = await NpmTools.InstallAsync();
        var token = await stack.TokenAsync(Person.Alice);
        await using var inspector = tools.Start(
            "mcp-inspector",
            ["--cli", stack.Gateway.Endpoint.AbsoluteUri, "--transport", "http", "--header", $"Authorization: Bearer {token}", .. arguments]);
        await inspector.WaitForExitAsync(Deadline);
        return string.Join('\n', inspector.RecentLines);
    }
}
