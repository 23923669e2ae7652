using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Asks every rule and gives what they saw the severity that the policy wants.</summary>
/// <param name="detector">What counts as a credential.</param>
/// <param name="maximumReplicas">The most replicas where the policy names no number.</param>
internal sealed class FindingList(CredentialDetector detector, int maximumReplicas)
{
    private readonly IReadOnlyList<IFindingRule> _rules =
    [
        new RequestRule(),
        new DependencyRule(),
        new ReplicaLimitRule(maximumReplicas),
        new AvailabilityRule(),
        new ServiceRule(),
        new PodSecurityRule(),
        new CredentialRule(detector),
        new HiddenCharactersRule(),
        new ImageRule(),
        new ProbeRule(),
        new ScopeRule(),
    ];

    /// <summary>The findings, most severe first, numbered <c>f1</c>, <c>f2</c>, ….</summary>
    public IReadOnlyList<Finding> Of(PlanDraft draft) =>
    [
        .. _rules
            .SelectMany(rule => rule.Look(draft))
            .Select(seen => (Seen: seen, Severity: SeverityOf(seen.Code, draft.Policy)))
            .OrderByDescending(rated => rated.Severity)
            .Select((rated, index) => new Finding(
                $"f{index + 1}", rated.Seen.Code, rated.Severity, detector.Redact(rated.Seen.Message), rated.Seen.Target, rated.Seen.Path)),
    ];

    private static FindingSeverity SeverityOf(string code, EffectivePolicy policy)
    {
        var severity = policy.Severities.TryGetValue(code, out var chosen) ? chosen : FindingCodes.DefaultSeverity(code);
        var least = FindingCodes.LeastSeverity(code);
        return severity < least ? least : severity;
    }
}
