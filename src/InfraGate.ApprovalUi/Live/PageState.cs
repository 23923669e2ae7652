using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfraGate.Plans.Approval;

namespace InfraGate.ApprovalUi.Live;

/// <summary>
/// What a plan's page shows, boiled down to a text that differs when the page would. The page carries it, so that its stream knows what has been seen and need not make the page fetch
/// itself a second time.
/// </summary>
internal static class PageState
{
    /// <summary>The state of a page.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="head">The hash of the plan's newest audit entry; null when it has none.</param>
    /// <param name="freshness">How it was last found to stand to the cluster.</param>
    /// <param name="now">The time.</param>
    public static string Of(PlanOutline plan, string? head, FreshnessState freshness, DateTimeOffset now)
    {
        var isOver = plan.IsOpen && plan.ExpiresAt <= now;
        var text = string.Create(CultureInfo.InvariantCulture, $"{plan.Status} {head} {plan.Decisions} {plan.IsIntact} {isOver} {plan.Rollouts}");
        return $"{freshness}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}
