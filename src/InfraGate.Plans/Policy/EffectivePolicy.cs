using System.Text.Json.Serialization;
using InfraGate.Plans.Findings;

namespace InfraGate.Plans.Policy;

/// <summary>Who may approve, seen from the person on whose behalf the agent acts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalMode>))]
public enum ApprovalMode
{
    /// <summary>That person may approve; so may every other permitted approver.</summary>
    [JsonStringEnumMemberName("requester")]
    Requester,

    /// <summary>Somebody else must.</summary>
    [JsonStringEnumMemberName("four-eyes")]
    FourEyes,
}

/// <summary>What the policy says for one namespace and operation, defaults filled in.</summary>
public sealed record EffectivePolicy
{
    /// <summary>What holds where no policy file says otherwise.</summary>
    public static EffectivePolicy Default { get; } = new();

    /// <summary>Who may approve, seen from the requester.</summary>
    public ApprovalMode Mode { get; init; } = ApprovalMode.Requester;

    /// <summary>
    /// Only members of any of these groups, or the subjects below, may approve; both empty means that in mode requester only the requester may and in mode four-eyes everyone else
    /// who can sign in may.
    /// </summary>
    public IReadOnlyList<string> ApproverGroups { get; init; } = [];

    /// <summary>Subjects that may approve.</summary>
    public IReadOnlyList<string> ApproverSubjects { get; init; } = [];

    /// <summary>Whether the policy says by group or subject who may approve.</summary>
    public bool NamesApprovers => ApproverGroups.Count > 0 || ApproverSubjects.Count > 0;

    /// <summary>How many different people must approve, 1 to 10.</summary>
    public int ApprovalsNeeded { get; init; } = 1;

    /// <summary>How long a plan lives, 1 minute to 24 hours.</summary>
    public TimeSpan PlanLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a grant allows the apply, 1 minute to 24 hours; never beyond the plan's own end.</summary>
    public TimeSpan GrantLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Times at which the change may or may not be approved and applied; empty means always.</summary>
    public IReadOnlyList<ChangeWindow> Windows { get; init; } = [];

    /// <summary>Severities that replace the built-in ones, by finding code.</summary>
    public IReadOnlyDictionary<string, FindingSeverity> Severities { get; init; } = new Dictionary<string, FindingSeverity>();

    /// <summary>Registries (with an optional path prefix) that images may come from; empty means any.</summary>
    public IReadOnlyList<string> ImageRegistries { get; init; } = [];

    /// <summary>The largest replica count a plan may ask for; null means the server's own limit.</summary>
    public int? MaximumReplicas { get; init; }

    /// <summary>The severity of a finding: the policy's where it has one, else the built-in one.</summary>
    /// <exception cref="ArgumentException">There is no such code.</exception>
    public FindingSeverity SeverityOf(string code) => Severities.TryGetValue(code, out var severity) ? severity : FindingCodes.DefaultSeverity(code);
}
