using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>The answer for a plan that waits for a human: where to send them, and what to do afterwards.</summary>
internal static class ApprovalRequired
{
    /// <summary>The answer to a caller who wanted to wait for so long and waited for so long.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="link">The link to it.</param>
    /// <param name="wanted">How long the caller wanted to wait.</param>
    /// <param name="waited">How long the call waited.</param>
    /// <param name="isLeftToNobody">Whether the policy names no approvers and the requester is an API key without an owner.</param>
    public static CallToolResult For(Plan plan, ApprovalLink link, TimeSpan wanted, TimeSpan waited, bool isLeftToNobody)
    {
        var message = $"{Situation(plan.Id, wanted, waited)} Nothing has changed in the cluster.";
        var hint = isLeftToNobody
            ? "Nobody may approve it: the policy names no approvers, and the requester is an API key without an owner, with which nobody can sign in. Ask an operator to name approvers in the policy, "
                + "or to make the key anew with an owner (api-key create --owner) and request the change again with it, or request it signed in as a person. "
                + $"The link, for whoever may approve then: {link.Url}"
            : $"Give the user this link to open in a browser: {link.Url} Then call apply_approved_plan with the same planId, with waitSeconds up to 50 to wait for the decision.";
        var details = new Details(plan.Id.Value, "pending", link.Url.AbsoluteUri, Text(link.ExpiresAt), Text(plan.Content.ExpiresAt));
        return new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = $"{ToolErrors.ApprovalRequired}: {message} {hint}" }],
            StructuredContent = JsonSerializer.SerializeToElement(new Body(new Error(ToolErrors.ApprovalRequired, message, hint, details))),
        };
    }

    private static string Situation(PlanId plan, TimeSpan wanted, TimeSpan waited) => (wanted > TimeSpan.Zero, waited > TimeSpan.Zero) switch
    {
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"Nobody has decided on plan {plan} within {waited.TotalSeconds:0} s."),
        (true, false) => $"Plan {plan} waits for a human. This call did not wait: {HumanWait.MostPerSubject} of your calls do already.",
        _ => $"Plan {plan} waits for a human.",
    };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record Body([property: JsonPropertyName("error")] Error Error);

    private sealed record Error(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("hint")] string Hint,
        [property: JsonPropertyName("details")] Details Details);

    private sealed record Details(
        [property: JsonPropertyName("planId")] string PlanId,
        [property: JsonPropertyName("status")] string Status,
        [property: JsonPropertyName("approvalUrl")] string ApprovalUrl,
        [property: JsonPropertyName("linkExpiresAt")] string LinkExpiresAt,
        [property: JsonPropertyName("planExpiresAt")] string PlanExpiresAt);
}
