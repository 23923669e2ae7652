using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Waiting;
using Xunit.Abstractions;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The README's five minutes: the real Codex agent is added, signed in, asked in words and told to go on; a person approves in a browser in between.</summary>
[Collection(OnTheSandbox.Name)]
public sealed partial class CodexAgentTests(SandboxGateway stack, ChromiumFixture chromium, ITestOutputHelper output)
{
    private const string Image = "nginxinc/nginx-unprivileged:1.27.4";

    // What docs/clients.md advises for codex exec, where nobody can answer Codex's own question.
    private const string WithoutAQuestion = "[mcp_servers.infra-gate.tools.apply_approved_plan]\napproval_mode = \"approve\"";

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    [Fact]
    public async Task It_gets_from_being_added_to_a_change_that_a_person_approved_and_it_applied()
    {
        var scenario = stack.TakeNamespace();
        await using var model = await ModelStandIn.StartAsync(scenario, Image);
        await using var codex = await CodexCli.CreateAsync();
        await using var alice = new ChromiumApprover(chromium, Person.Alice);
        codex.UseModel(model.Address);
        Note("start");

        await codex.AddAndSignInAsync(stack.Gateway.Endpoint, chromium, Person.Alice);
        Note("codex mcp add, signed in");
        codex.Configure(WithoutAQuestion);
        var asked = await codex.AskAsync($"Look at the deployment nginx-demo in {scenario} with infra-gate, find out what is wrong, and request the change that mends it.");
        Note("asked; the link is there");
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(0);

        await alice.OpenAsync(LinkIn(asked));
        (await alice.Page.Locator(".facts").InnerTextAsync()).ShouldContain("a program that calls itself Codex");
        await alice.ApproveAsync();
        Note("approved in the browser");
        var done = await codex.GoOnAsync("I have approved it, go on.");
        Note("applied and looked at");

        done.ShouldContain("Done: ");
        await Eventually.TrueAsync(() => Task.FromResult(model.Calls.Count >= 6));
        model.Calls.ShouldBe(["get_k8s_status", "get_deployment_diagnostics", "request_set_deployment_image", "apply_approved_plan", "apply_approved_plan", "get_k8s_status"]);
        (await stack.Cluster.CountWritesAsync(scenario)).ShouldBe(1);
    }

    private void Note(string step) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,6:0.0} s  {step}"));

    private static Uri LinkIn(string said)
    {
        var link = Link().Match(said);
        link.Success.ShouldBeTrue($"Codex gave no link: {said}");
        return new Uri(link.Value);
    }

    [GeneratedRegex(@"https?://\S+/approvals/c/[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
