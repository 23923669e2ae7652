using System.Globalization;
using System.Text;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Policy;

/// <summary>
/// Names what a policy says about findings. A plan seals the name: findings are looked for when it is made, so that under other rules it may lack one, or the tick that one asks for.
/// </summary>
public static class FindingRules
{
    /// <summary>
    /// The digest (<c>sha256:</c> and 64 hex digits) of the severities of all findings, the registries and the limit of replicas: equal exactly when the same findings are made of the same
    /// change, whatever the order in the file.
    /// </summary>
    public static string DigestOf(EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var rules = new StringBuilder();
        foreach (var code in FindingCodes.All)
        {
            rules.Append(code).Append(' ').Append(policy.SeverityOf(code)).Append('\n');
        }

        foreach (var registry in policy.ImageRegistries.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            rules.Append("registry ").Append(registry).Append('\n');
        }

        rules.Append(CultureInfo.InvariantCulture, $"replicas {policy.MaximumReplicas}");
        return PlanDigest.Of(Encoding.UTF8.GetBytes(rules.ToString())).Value;
    }
}
