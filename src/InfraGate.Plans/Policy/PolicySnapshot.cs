namespace InfraGate.Plans.Policy;

/// <summary>
/// One good version of the policy. For a namespace and operation exactly one rule holds, the most specific that matches: one that names the namespace before one for <c>*</c>, and among
/// those one that names the operation before one for all. The order in the file means nothing.
/// </summary>
public sealed class PolicySnapshot
{
    /// <summary>The <see cref="Version"/> where there is no file.</summary>
    public const string BuiltInVersion = "built-in";

    private readonly EffectivePolicy _defaults;
    private readonly Dictionary<(string Namespace, PlanOperation? Operation), EffectivePolicy> _rules;

    internal PolicySnapshot(string version, EffectivePolicy defaults, Dictionary<(string Namespace, PlanOperation? Operation), EffectivePolicy> rules, string? problem = null)
    {
        Version = version;
        Problem = problem;
        _defaults = defaults;
        _rules = rules;
    }

    /// <summary>What holds where there is no policy file.</summary>
    public static PolicySnapshot BuiltIn { get; } = Uniform(BuiltInVersion, EffectivePolicy.Default);

    /// <summary>The first 12 hex digits of the SHA-256 of the file; <c>built-in</c> when there is none. Two versions that differ have different ones.</summary>
    public string Version { get; }

    /// <summary>Why a newer file is not in force, in words for people; null when all is well.</summary>
    public string? Problem { get; }

    /// <summary>A policy that says the same of every namespace and operation.</summary>
    public static PolicySnapshot Uniform(string version, EffectivePolicy policy) => new(version, policy, []);

    /// <summary>What holds for a namespace and operation.</summary>
    public EffectivePolicy EffectiveFor(string namespaceName, PlanOperation operation)
    {
        foreach (var key in ((string, PlanOperation?)[])[(namespaceName, operation), (namespaceName, null), (AnyNamespace, operation), (AnyNamespace, null)])
        {
            if (_rules.TryGetValue(key, out var policy))
            {
                return policy;
            }
        }

        return _defaults;
    }

    /// <summary>How a rule for every namespace is written.</summary>
    internal const string AnyNamespace = "*";

    /// <summary>This version, kept because of a problem with a newer one.</summary>
    internal PolicySnapshot With(string? problem) => new(Version, _defaults, _rules, problem);
}
