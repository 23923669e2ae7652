using InfraGate.Plans.Findings;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>A policy file as it was written: every value of the right type, nothing else checked yet.</summary>
internal sealed record PolicyModel(Located<int>? Version, SettingsModel Defaults, IReadOnlyList<RuleModel> Rules, IReadOnlyList<WindowModel> Windows);

/// <summary>What a rule or the defaults set; null where nothing is said.</summary>
internal sealed record SettingsModel
{
    public Located<ApprovalMode>? Mode { get; init; }

    public IReadOnlyList<Located<string>>? Groups { get; init; }

    public IReadOnlyList<Located<string>>? Subjects { get; init; }

    public Located<int>? Approvals { get; init; }

    public Located<TimeSpan>? PlanLifetime { get; init; }

    public Located<TimeSpan>? GrantLifetime { get; init; }

    public Located<int>? MaximumReplicas { get; init; }

    public IReadOnlyList<Located<string>>? ImageRegistries { get; init; }

    public IReadOnlyList<Located<string>>? Windows { get; init; }

    public IReadOnlyList<SeverityModel> Severities { get; init; } = [];
}

/// <summary>A severity for a finding code.</summary>
internal sealed record SeverityModel(Located<string> Code, FindingSeverity Severity);

/// <summary>One rule.</summary>
internal sealed record RuleModel(long Line, IReadOnlyList<Located<string>> Namespaces, IReadOnlyList<Located<PlanOperation>>? Operations, SettingsModel Settings);

/// <summary>One change window.</summary>
internal sealed record WindowModel(
    long Line, Located<string>? Name, Located<WindowKind>? Kind, IReadOnlyList<Located<DayOfWeek>>? Days, Located<TimeOnly>? Start, Located<TimeSpan>? Length, Located<string>? TimeZone);
