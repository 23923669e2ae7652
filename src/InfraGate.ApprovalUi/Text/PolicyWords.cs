using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.ApprovalUi.Text;

/// <summary>Says in words what a policy asks of people.</summary>
internal static class PolicyWords
{
    /// <summary>Why a plan of this requester waits for people, in a sentence or two.</summary>
    public static string Why(EffectivePolicy policy, Requester requester)
    {
        var people = policy.ApprovalsNeeded == 1 ? "one person" : $"{policy.ApprovalsNeeded} different people";
        return $"No agent may change anything here alone. The policy asks for {people}: {Who(policy, requester)}.";
    }

    /// <summary>Who counts as an approver.</summary>
    public static string Who(EffectivePolicy policy, Requester requester)
    {
        var named = Named(policy);
        return (policy.Mode, named) switch
        {
            (ApprovalMode.FourEyes, null) when requester.IsKeyWithoutOwner => $"nobody, as nobody knows whose the API key {requester.Name} is that asked",
            (ApprovalMode.FourEyes, null) => $"anybody but {Asker(requester)}",
            (ApprovalMode.FourEyes, _) => $"{named}, but not {Asker(requester)}",
            (_, null) when requester.Owner is { } owner => $"{owner}, who holds the API key {requester.Name} that asked",
            (_, null) => $"{requester.Name}, on whose behalf the agent asked",
            _ => named,
        };
    }

    private static string Asker(Requester requester) =>
        requester.Owner is { } owner ? $"{owner}, who holds the API key {requester.Name} that asked" : $"{requester.Name}, who asked";

    private static string? Named(EffectivePolicy policy)
    {
        var groups = policy.ApproverGroups.Count == 0 ? null : $"members of {string.Join(" or ", policy.ApproverGroups)}";
        var subjects = policy.ApproverSubjects.Count == 0 ? null : string.Join(" or ", policy.ApproverSubjects);
        return groups is null ? subjects : subjects is null ? groups : $"{groups}, or {subjects}";
    }
}
