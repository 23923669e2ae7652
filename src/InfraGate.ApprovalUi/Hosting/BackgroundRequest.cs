using Microsoft.AspNetCore.Http;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>
/// Requests that an open page makes by itself, without anybody at the screen: its event stream and the refreshes that follow from it. They are authorized as any other, but say
/// nothing about whether a person is still there, so no idle limit may count them as activity.
/// </summary>
public static class BackgroundRequest
{
    /// <summary>The header by which the pages' script marks a refresh of its own. Whoever sends it only lets their own session end sooner.</summary>
    public const string HeaderName = "X-InfraGate-Background";

    /// <summary>Whether a page made this request by itself.</summary>
    public static bool Is(HttpRequest request) => request.Path.StartsWithSegments("/approvals/live", StringComparison.OrdinalIgnoreCase) || request.Headers.ContainsKey(HeaderName);
}
