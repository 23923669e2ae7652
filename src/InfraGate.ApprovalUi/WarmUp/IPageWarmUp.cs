using InfraGate.Plans;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>Gets the pages ready for the person who comes next, in the background.</summary>
public interface IPageWarmUp
{
    /// <summary>Says that somebody was handed a link to a plan and is likely to open it in a moment. Returns at once; only the first plan after a start makes a difference.</summary>
    void Announce(PlanId plan);
}
