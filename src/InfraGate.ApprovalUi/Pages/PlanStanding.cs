using InfraGate.ApprovalUi.Text;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.ApprovalUi.Pages;

/// <summary>How a plan stands at this moment: its status, the clock and the cluster taken together.</summary>
internal sealed record PlanStanding
{
    /// <summary>The status to show: a pending plan whose time has run out is shown as expired, a tampered one as failed, before the store has caught up.</summary>
    public required PlanStatus Shown { get; init; }

    /// <summary>Whether a decision still makes sense.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>What everyone who opens the page must know first; null when there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The colour of the notice.</summary>
    public string Tone { get; init; } = "warn";

    /// <summary>What the freshness check said.</summary>
    public required Freshness Freshness { get; init; }

    /// <summary>What stands where the buttons were.</summary>
    public string WhyClosed => Shown switch
    {
        PlanStatus.Approved => "This plan is approved. The agent's next call of apply_approved_plan carries it out; this page follows.",
        PlanStatus.Applying => "This plan is being carried out. This page follows.",
        _ => $"There is nothing left to decide: {Words.Of(Shown).ToLowerInvariant()}.",
    };

    /// <summary>Takes the facts together.</summary>
    public static PlanStanding Of(Plan plan, Freshness freshness, DateTimeOffset now)
    {
        if (!plan.IsIntact)
        {
            return Closed(PlanStatus.Failed, freshness, "danger",
                "What is stored of this plan is not what was sealed and signed. It cannot be approved or applied. Run `audit verify` and find out who wrote to the database.");
        }

        if (plan.Status is PlanStatus.Pending or PlanStatus.Approved && plan.Content.ExpiresAt <= now)
        {
            return Closed(PlanStatus.Expired, freshness, "warn", "The time of this plan has run out. Nothing was changed. The agent can ask again.");
        }

        if (plan.Status == PlanStatus.Pending && freshness.State == FreshnessState.Stale)
        {
            return Closed(PlanStatus.Stale, freshness, "warn", $"The cluster changed since this plan was made: {freshness.Detail} It would be refused, so it cannot be approved. The agent can ask again.");
        }

        return plan.Status switch
        {
            PlanStatus.Pending => new PlanStanding
            {
                Shown = plan.Status,
                IsOpen = true,
                Freshness = freshness,
                Notice = freshness.State == FreshnessState.Unknown
                    ? $"Whether the cluster still is as shown could not be checked: {freshness.Detail} It is checked again before anything is written."
                    : null,
            },
            PlanStatus.Approved when freshness.State == FreshnessState.Stale =>
                Closed(plan.Status, freshness, "warn", $"The cluster changed since the approval: {freshness.Detail} Applying will be refused and nothing will be written."),
            PlanStatus.Stale => Closed(plan.Status, freshness, "warn", "The cluster was no longer what was reviewed. Nothing was written."),
            PlanStatus.Failed => Closed(plan.Status, freshness, "danger", "Not everything could be carried out. The outcome below says what was written and what was not."),
            PlanStatus.Applied => Closed(plan.Status, freshness, "good", "Carried out, exactly as shown below, once."),
            PlanStatus.Denied => Closed(plan.Status, freshness, "warn", "Denied. Nothing was changed."),
            _ => Closed(plan.Status, freshness, "warn", notice: null),
        };
    }

    private static PlanStanding Closed(PlanStatus shown, Freshness freshness, string tone, string? notice) =>
        new() { Shown = shown, IsOpen = false, Freshness = freshness, Tone = tone, Notice = notice };
}
