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
        var isRequester = string.Equals(subject, requester.Subject, StringComparison.Ordinal);
        if (policy.Mode == ApprovalMode.FourEyes && isRequester)
        {
            return "The policy asks for four eyes: somebody other than the person on whose behalf this was requested must decide.";
        }

        var namesApprovers = policy.ApproverGroups.Count > 0 || policy.ApproverSubjects.Count > 0;
        if (namesApprovers)
        {
            return policy.ApproverSubjects.Contains(subject, StringComparer.Ordinal) || policy.ApproverGroups.Intersect(groups, StringComparer.Ordinal).Any()
                ? null
                : $"The policy lets only {Describe(policy)} decide.";
        }

        return policy.Mode == ApprovalMode.Requester && !isRequester
            ? $"The policy lets only {requester.Name}, on whose behalf this was requested, decide."
            : null;
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
