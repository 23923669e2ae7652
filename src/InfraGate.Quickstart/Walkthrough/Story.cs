using System.Text.Json;
using InfraGate.Quickstart.Processes;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>The story that must always work, told step by step over the wire, as a client and a person with a browser would live it.</summary>
internal sealed class Story(Stack stack, Repository repository, StoryTeller teller)
{
    private const string Namespace = "mcp-nginx-demo";
    private const string Deployment = "nginx-demo";
    private const string Container = "nginx";
    private const string GoodImage = "nginx:1.27.3";

    /// <summary>Tells it; throws <see cref="QuickstartException"/> at the first step that is not as it should be.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var alice = new BrowserUser("alice", "alice-local-only");
        var endpoint = new Uri(stack.Gateway.Address, "/mcp");

        var token = await new OAuthClient(http).SignInAsync(endpoint, alice, cancellationToken);
        teller.Tell("The client is refused without a token, finds the issuer, registers itself and signs in as alice", $"an access token of {token.Length} characters");

        await using var agent = await Agent.ConnectAsync(endpoint, token, cancellationToken);
        var tools = await agent.ListToolsAsync(cancellationToken);
        teller.Expect(tools.Count == 14, "The client opens a session and lists the tools", $"{tools.Count} tools: {string.Join(", ", tools)}");

        await ReadAsync(agent, cancellationToken);
        var before = await ImageAsync(agent, cancellationToken);
        var plan = await PlanAsync(agent, before, cancellationToken);
        var link = await AskForApprovalAsync(agent, plan, cancellationToken);
        var untouched = await ImageAsync(agent, cancellationToken);
        teller.Expect(untouched == before && await WritesAsync(http, cancellationToken) == 0, "Nothing has changed in the cluster", $"the image still is {untouched}, and no write has reached the API server");

        await ApproveAsync(alice, link, plan, cancellationToken);
        teller.Expect(await ImageAsync(agent, cancellationToken) == before, "An approval alone changes nothing either", $"the image still is {before}");

        var applied = await agent.CallAsync("apply_approved_plan", new() { ["planId"] = plan }, cancellationToken);
        teller.Expect(applied.IsOk, "The agent calls apply_approved_plan again, and the plan is carried out", applied.Text);
        var after = await ImageAsync(agent, cancellationToken);
        teller.Expect(after == GoodImage, "The cluster is as planned", $"the image is {after}");

        var again = await agent.CallAsync("apply_approved_plan", new() { ["planId"] = plan }, cancellationToken);
        teller.Expect(again.Code == "plan_already_applied", "Calling it once more carries nothing out twice", again.Text);

        var status = await agent.CallAsync("get_k8s_status", new() { ["namespace"] = Namespace }, cancellationToken);
        teller.Expect(status.IsOk, "get_k8s_status shows the new state", status.Text);
        await VerifyAuditAsync(cancellationToken);
    }

    private async Task ReadAsync(Agent agent, CancellationToken cancellationToken)
    {
        foreach (var (tool, arguments) in new (string, Dictionary<string, object?>)[]
        {
            ("get_allowed_namespaces", []),
            ("get_k8s_status", new() { ["namespace"] = Namespace }),
            ("get_deployment_diagnostics", new() { ["namespace"] = Namespace, ["name"] = Deployment }),
        })
        {
            var answer = await agent.CallAsync(tool, arguments, cancellationToken);
            teller.Expect(answer.IsOk, $"The agent reads: {tool}", answer.Text);
        }
    }

    private async Task<string> PlanAsync(Agent agent, string before, CancellationToken cancellationToken)
    {
        var answer = await agent.CallAsync(
            "request_set_deployment_image",
            new() { ["namespace"] = Namespace, ["name"] = Deployment, ["container"] = Container, ["image"] = GoodImage },
            cancellationToken);
        var plan = answer.FirstString("planId");
        teller.Expect(answer.IsOk && plan is not null, $"The agent asks for another image than {before}, and gets a plan", answer.Text);
        return plan!;
    }

    private async Task<Uri> AskForApprovalAsync(Agent agent, string plan, CancellationToken cancellationToken)
    {
        var answer = await agent.CallAsync("apply_approved_plan", new() { ["planId"] = plan }, cancellationToken);
        var link = answer.FirstString("approvalUrl");
        teller.Expect(answer.Code == "approval_required" && link is not null, "The agent calls apply_approved_plan, and gets an approval link instead", answer.Text);
        return new Uri(link!);
    }

    private async Task ApproveAsync(BrowserUser person, Uri link, string plan, CancellationToken cancellationToken)
    {
        var page = await person.OpenAsync(link, stopAt: null, cancellationToken);
        teller.Expect(
            page.Address.AbsolutePath == "/approvals/plans/" + plan && page.Html.Contains(GoodImage, StringComparison.Ordinal),
            "Alice opens the link, signs in and sees the whole change",
            $"{page.Address} shows {GoodImage}");

        var form = HtmlForm.With("Input.Verdict", page.Html, page.Address) ?? throw new QuickstartException("The plan's page offers no decision.");
        foreach (var tick in form.Ticks)
        {
            form.Add(tick.Key, tick.Value);
        }

        var decided = await person.SendAsync(form.Set("Input.Verdict", "Approve").Set("Input.Reason", "Looks right to me."), cancellationToken);
        var isApproved = decided.Html.Contains("status-approved", StringComparison.Ordinal);
        teller.Expect(isApproved, "Alice approves", isApproved ? $"the page says that plan {plan} is approved" : $"{decided.Address} answered {(int)decided.Status}:\n{decided.Html}");
    }

    private static async Task<string> ImageAsync(Agent agent, CancellationToken cancellationToken)
    {
        var answer = await agent.CallAsync("get_k8s_resource", new() { ["namespace"] = Namespace, ["kind"] = "Deployment", ["name"] = Deployment }, cancellationToken);
        return answer.FirstString("image") ?? throw new QuickstartException($"get_k8s_resource names no image: {answer.Text}");
    }

    /// <summary>How many writes the simulated cluster has counted; a real one is not ours to ask, so its image alone is compared there.</summary>
    private async Task<long> WritesAsync(HttpClient http, CancellationToken cancellationToken)
    {
        if (stack.Sandbox is null)
        {
            return 0;
        }

        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(stack.Sandbox.Address, "/sandbox/requests"), cancellationToken));
        return answer.RootElement.GetProperty("writes").GetInt64();
    }

    private async Task VerifyAuditAsync(CancellationToken cancellationToken)
    {
        var (code, text) = await CommandLine.RunAsync(
            repository.Executable("InfraGate.McpGateway"),
            ["audit", "verify"],
            new Dictionary<string, string> { ["K8S_MCP_APPROVAL_ROOT"] = stack.ApprovalRoot, ["INFRA_GATE_KEY_ROOT"] = stack.KeyRoot },
            cancellationToken);
        teller.Expect(code == 0, "The audit trail is whole (audit verify)", text);
    }
}
