namespace InfraGate.Plans.Policy.Yaml;

/// <summary>Whether enough people could ever approve under a policy, as it holds with the defaults filled in.</summary>
internal static class Satisfiable
{
    /// <summary>Why no plan could ever be approved, in words for people; null when one could. Who is in a group is not known here.</summary>
    public static string? Refusal(EffectivePolicy policy)
    {
        if (policy.ApprovalsNeeded > SettingsValidator.MaximumApprovals || policy.ApproverGroups.Count > 0)
        {
            return null;
        }

        if (policy.ApproverSubjects.Count > 0)
        {
            return policy.ApproverSubjects.Count >= policy.ApprovalsNeeded
                ? null
                : $"fewer subjects are listed as approvers ({policy.ApproverSubjects.Count}) than approvals are needed ({policy.ApprovalsNeeded}): no plan could ever be approved.";
        }

        return policy.Mode == ApprovalMode.FourEyes || policy.ApprovalsNeeded <= 1
            ? null
            : $"mode requester without approvers lets one person approve, but {policy.ApprovalsNeeded} approvals are needed: no plan could ever be approved. Name approvers, or use four-eyes.";
    }

    /// <summary>Where a block of settings says something of who approves; null when it leaves all of it to the defaults.</summary>
    public static long? Line(SettingsModel settings) =>
        settings.Approvals?.Line ?? settings.Mode?.Line ?? (settings.Subjects ?? []).Concat(settings.Groups ?? []).FirstOrDefault()?.Line;
}
