using InfraGate.Plans.Findings;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>
/// Makes the policy from a model without mistakes. A rule's settings replace the defaults' one by one, except that windows add up (a freeze in the defaults cannot be left out by a
/// rule) and severities are replaced code by code.
/// </summary>
internal static class PolicyBuilder
{
    /// <summary>The policy.</summary>
    public static PolicySnapshot Build(PolicyModel model, string version)
    {
        var windows = model.Windows.ToDictionary(window => window.Name!.Value, Window, StringComparer.Ordinal);
        var defaults = Overlay(EffectivePolicy.Default, model.Defaults, windows);
        var rules = new Dictionary<(string Namespace, PlanOperation? Operation), EffectivePolicy>();
        foreach (var rule in model.Rules)
        {
            var policy = Overlay(defaults, rule.Settings, windows);
            foreach (var key in KeysOf(rule))
            {
                rules.Add(key, policy);
            }
        }

        return new PolicySnapshot(version, defaults, rules);
    }

    /// <summary>What a rule matches; no operation stands for all.</summary>
    public static IEnumerable<(string Namespace, PlanOperation? Operation)> KeysOf(RuleModel rule)
    {
        var operations = rule.Operations is null ? [null] : rule.Operations.Select(operation => (PlanOperation?)operation.Value).Distinct();
        return rule.Namespaces.Select(name => name.Value).Distinct(StringComparer.Ordinal).SelectMany(_ => operations, (name, operation) => (name, operation));
    }

    /// <summary>Who approves, as it holds with what is under it.</summary>
    public static EffectivePolicy OverlayApproval(EffectivePolicy under, SettingsModel over)
    {
        var namesApprovers = over.Groups is not null || over.Subjects is not null;
        return under with
        {
            Mode = over.Mode?.Value ?? under.Mode,
            ApproverGroups = namesApprovers ? Values(over.Groups) : under.ApproverGroups,
            ApproverSubjects = namesApprovers ? Values(over.Subjects) : under.ApproverSubjects,
            ApprovalsNeeded = over.Approvals?.Value ?? under.ApprovalsNeeded,
        };
    }

    private static EffectivePolicy Overlay(EffectivePolicy under, SettingsModel over, Dictionary<string, ChangeWindow> windows)
    {
        var severities = new Dictionary<string, FindingSeverity>(under.Severities, StringComparer.Ordinal);
        foreach (var severity in over.Severities)
        {
            severities[severity.Code.Value] = severity.Severity;
        }

        return OverlayApproval(under, over) with
        {
            PlanLifetime = over.PlanLifetime?.Value ?? under.PlanLifetime,
            GrantLifetime = over.GrantLifetime?.Value ?? under.GrantLifetime,
            MaximumReplicas = over.MaximumReplicas?.Value ?? under.MaximumReplicas,
            ImageRegistries = over.ImageRegistries is null ? under.ImageRegistries : Values(over.ImageRegistries),
            Windows = [.. under.Windows.Concat(Values(over.Windows).Select(name => windows[name])).Distinct()],
            Severities = severities,
        };
    }

    private static ChangeWindow Window(WindowModel window) => new(
        window.Name!.Value,
        window.Kind!.Value,
        [.. (window.Days ?? []).Select(day => day.Value).Distinct()],
        window.Start?.Value ?? TimeOnly.MinValue,
        window.Length!.Value,
        window.TimeZone!.Value);

    private static List<string> Values(IReadOnlyList<Located<string>>? located) => [.. (located ?? []).Select(text => text.Value).Distinct(StringComparer.Ordinal)];
}
