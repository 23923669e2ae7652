using System.Diagnostics;
using System.Net;
using System.Text.Json;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;
using InfraGate.Quickstart.Walkthrough;

namespace InfraGate.Bench.Approvals;

/// <summary>One change from request to apply: an agent plans, a person approves in a browser session, the agent applies.</summary>
internal sealed class ChangeStory(McpConnection agent, BenchPerson person) : IDisposable
{
    private readonly BrowserUser _browser = person.OpenBrowser();

    /// <summary>The arguments of a plan that gives a Deployment another image.</summary>
    public static string ImageArguments(string @namespace, string deployment, string container, string tag) =>
        $$"""{"namespace":"{{@namespace}}","name":"{{deployment}}","container":"{{container}}","image":"registry.example/shop/service:{{tag}}"}""";

    /// <summary>Makes a plan that gives a Deployment another image and returns its id.</summary>
    /// <exception cref="BenchException">The server made none.</exception>
    public Task<string> PlanAsync(string arguments, CancellationToken cancellationToken = default) => PlanAsync("request_set_deployment_image", arguments, cancellationToken);

    /// <summary>Makes a plan by any tool that makes one and returns its id.</summary>
    /// <exception cref="BenchException">The server made none.</exception>
    public async Task<string> PlanAsync(string tool, string arguments, CancellationToken cancellationToken = default)
    {
        var answer = await agent.CallAsync(tool, arguments, cancellationToken);
        using var message = answer.Parse();
        return answer.IsSuccess && Structured(message).TryGetProperty("planId", out var id)
            ? id.GetString()!
            : throw new BenchException($"No plan was made: {message.RootElement}");
    }

    /// <summary>Asks for approval, as a first <c>apply_approved_plan</c> does, and approves in the browser.</summary>
    /// <exception cref="BenchException">The approval did not go through.</exception>
    public async Task ApproveAsync(string plan, CancellationToken cancellationToken = default) =>
        await ApproveAsync(plan, await LinkAsync(plan, cancellationToken), cancellationToken);

    /// <summary>Approves in the browser, from a link that the agent was given.</summary>
    /// <exception cref="BenchException">The approval did not go through.</exception>
    public async Task ApproveAsync(string plan, Uri link, CancellationToken cancellationToken = default)
    {
        var page = await _browser.OpenAsync(link, stopAt: null, cancellationToken);
        var form = HtmlForm.With("Input.Verdict", page.Html, page.Address)
            ?? throw new BenchException($"{page.Address.AbsolutePath} answered {page.Status} and offers no decision.");
        foreach (var tick in form.Ticks)
            form.Add(tick.Key, tick.Value);
        var decided = await _browser.SendAsync(form.Set("Input.Verdict", "Approve").Set("Input.Reason", "Measured."), cancellationToken);
        if (decided.Status != HttpStatusCode.OK || !decided.Html.Contains("status-approved", StringComparison.Ordinal))
            throw new BenchException($"The approval of {plan} was answered {decided.Status} and is not shown as approved.");
    }

    /// <summary>Carries an approved plan out and returns how long that took.</summary>
    /// <exception cref="BenchException">It was refused.</exception>
    public async Task<TimeSpan> ApplyAsync(string plan, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await CallApplyAsync(plan, cancellationToken);
        var took = Stopwatch.GetElapsedTime(start);
        if (!answer.IsSuccess)
            throw new BenchException($"Plan {plan} was not applied: {System.Text.Encoding.UTF8.GetString(answer.Payload.Span)}");
        return took;
    }

    /// <summary>Calls <c>apply_approved_plan</c>, whatever comes of it.</summary>
    public Task<McpAnswer> CallApplyAsync(string plan, CancellationToken cancellationToken = default) =>
        agent.CallAsync("apply_approved_plan", $$"""{"planId":"{{plan}}"}""", cancellationToken);

    /// <summary>Opens a page of the approval site, signing in where asked, and returns how long the page took.</summary>
    public async Task<TimeSpan> TimePageAsync(Uri page, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var opened = await _browser.OpenAsync(page, stopAt: null, cancellationToken);
        var took = Stopwatch.GetElapsedTime(start);
        return opened.Status == HttpStatusCode.OK ? took : throw new BenchException($"{page.AbsolutePath} answered {opened.Status}.");
    }

    /// <summary>Where a person decides, as the agent is told.</summary>
    /// <exception cref="BenchException">The plan does not wait for one.</exception>
    public async Task<Uri> LinkAsync(string plan, CancellationToken cancellationToken = default)
    {
        var answer = await CallApplyAsync(plan, cancellationToken);
        using var message = answer.Parse();
        return Structured(message).TryGetProperty("error", out var error)
            && error.TryGetProperty("details", out var details) && details.TryGetProperty("approvalUrl", out var url)
            ? new Uri(url.GetString()!)
            : throw new BenchException($"There is no approval link: {message.RootElement}");
    }

    /// <inheritdoc />
    public void Dispose() => _browser.Dispose();

    private static JsonElement Structured(JsonDocument message) =>
        message.RootElement.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out var structured)
            ? structured
            : throw new BenchException($"There is no structured content: {message.RootElement}");
}
