using InfraGate.Plans.Policy;

namespace InfraGate.Plans.Approval;

/// <summary>Who may decide on whose plan. Subjects and groups are compared exactly, character by character: they come from the identity provider, and its spelling is the identity.</summary>
public static class Eligibility
{
    /// <summary>Why a person may not decide on a requester's plan, in a sentence; null when they may.</summary>
    public static string? RefusalFor(EffectivePolicy policy, Requester requester, string subject, IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(requester);
        ArgumentNullException.ThrowIfNull(groups);
        var isRequester = requester.Is(subject);
        if (policy.Mode == ApprovalMode.FourEyes && isRequester)
        {
            return subject == requester.Owner
                ? $"The policy asks for four eyes: this was requested with the API key {requester.Name}, which you hold, so somebody else must decide."
                : "The policy asks for four eyes: somebody other than the person on whose behalf this was requested must decide.";
        }

        if (policy.NamesApprovers)
        {
            return policy.ApproverSubjects.Contains(subject, StringComparer.Ordinal) || policy.ApproverGroups.Intersect(groups, StringComparer.Ordinal).Any()
                ? null
                : $"The policy lets only {Describe(policy)} decide.";
        }

        if (policy.Mode == ApprovalMode.FourEyes)
        {
            // Whoever holds the key may be the one who is here, and would be both pairs of eyes.
            return requester.IsKeyWithoutOwner
                ? $"The policy asks for four eyes, and nobody knows whose the API key {requester.Name} is that requested this. An operator must give the key an owner, or the policy name approvers; then ask for a new plan."
                : null;
        }

        return isRequester ? null
            : requester.Owner is { } owner ? $"The policy lets only {owner}, who holds the API key {requester.Name} with which this was requested, decide."
            : $"The policy lets only {requester.Name}, on whose behalf this was requested, decide.";
    }

    private static string Describe(EffectivePolicy policy)
    {
        var parts = new List<string>();
        if (policy.ApproverGroups.Count > 0)
        {
            parts.Add($"members of {string.Join(" or ", policy.ApproverGroups)}");
        }

        if (policy.ApproverSubjects.Count > 0)
        {
            parts.Add(string.Join(" or ", policy.ApproverSubjects));
        }

        return string.Join(", or ", parts);
    }
}
