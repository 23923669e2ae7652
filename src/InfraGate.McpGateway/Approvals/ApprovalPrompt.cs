using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Hands the link to clients that can open one themselves: by URL elicitation (MCP 2025-11-25, client/elicitation), in the revision 2026-07-28 through its input-required result.
/// What the client answers is not read: a person saying "accept" in a client's dialog has only agreed to open a page.
/// </summary>
internal sealed partial class ApprovalPrompt(ILogger<ApprovalPrompt> logger)
{
    private const string UrlMode = "url";
    private const string InputKey = "approval";

    // Longer than this nobody leaves a dialog open; the link in the answer stays good.
    private static readonly TimeSpan s_dialog = TimeSpan.FromMinutes(5);

    /// <summary>Shows the link, where the client can. Throws <see cref="InputRequiredException"/> once in the revision that asks for input this way.</summary>
    public Task ShowAsync(ToolCall call, Plan plan, ApprovalLink link, CancellationToken cancel)
    {
        if (call.Client.ClientCapabilities?.Elicitation?.Url is null)
        {
            return Task.CompletedTask;
        }

        var request = new ElicitRequestParams
        {
            Mode = UrlMode,
            ElicitationId = plan.Id.Value,
            Url = link.Url.AbsoluteUri,
            Message = $"InfraGate: {plan.Content.Impact.Sentence} Open the page to review and decide on plan {plan.Id}.",
        };
        if (call.Client.IsMrtrSupported)
        {
            return call.Request.InputResponses?.ContainsKey(InputKey) == true
                ? Task.CompletedTask
                : throw new InputRequiredException(new Dictionary<string, InputRequest> { [InputKey] = InputRequest.ForElicitation(request) }, plan.Id.Value);
        }

        // The dialog may stay open longer than this call, so that neither waits for the other.
        _ = ElicitAsync(call, request);
        return Task.CompletedTask;
    }

    private async Task ElicitAsync(ToolCall call, ElicitRequestParams request)
    {
        using var limit = new CancellationTokenSource(s_dialog);
        try
        {
            await call.Client.ElicitAsync(request, limit.Token);
        }
        catch (Exception failure) when (failure is McpException or OperationCanceledException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // The client went away or cannot after all. The link is in the tool's answer as well.
            LogNotShown(failure.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "A client was not shown the approval link by elicitation: {Reason}")]
    private partial void LogNotShown(string reason);
}
