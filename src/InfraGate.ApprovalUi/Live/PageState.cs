using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;

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
    public static string Of(Plan plan, string? head, FreshnessState freshness, DateTimeOffset now)
    {
        var isOver = plan.Status is PlanStatus.Pending or PlanStatus.Approved && plan.Content.ExpiresAt <= now;
        var rollouts = plan.Outcome is null ? string.Empty : string.Join('|', plan.Outcome.Rollouts.Select(rollout => rollout.State + rollout.Detail));
        var text = string.Create(CultureInfo.InvariantCulture, $"{plan.Status} {head} {plan.Decisions.Count} {plan.IsIntact} {isOver} {rollouts}");
        return $"{freshness}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>How the plan was found to stand to the cluster when a state was made; null when the text is none.</summary>
    public static FreshnessState? FreshnessIn(string? state) =>
        state?.Split('.')[0] is { Length: > 0 } name && Enum.TryParse<FreshnessState>(name, out var freshness) && Enum.IsDefined(freshness) ? freshness : null;
}
