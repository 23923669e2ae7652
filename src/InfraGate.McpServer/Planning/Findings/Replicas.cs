using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>The arithmetic of Deployments and disruption budgets: counts and percentages, rounded as the controllers do.</summary>
internal static class Replicas
{
    /// <summary>The count a Deployment asks for; the API server's default is 1.</summary>
    public static int Of(JsonObject? deployment) => (int)Math.Clamp(deployment.NumberAt("spec", "replicas") ?? 1, 0, int.MaxValue);

    /// <summary>How few of its Pods may be available while it replaces them.</summary>
    public static int DuringRollout(JsonObject deployment)
    {
        var replicas = Of(deployment);
        if (deployment.TextAt("spec", "strategy", "type") == "Recreate")
        {
            return 0;
        }

        var unavailable = Resolve(deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas, roundUp: false) ?? replicas / 4;
        return Math.Max(0, replicas - unavailable);
    }

    /// <summary>How many Pods a disruption budget wants available of a count; null when it does not say.</summary>
    public static int? Required(DisruptionBudget budget, int replicas) =>
        Resolve(budget.MinAvailable, replicas, roundUp: true)
        ?? (Resolve(budget.MaxUnavailable, replicas, roundUp: true) is { } unavailable ? Math.Max(0, replicas - unavailable) : null);

    private static int? Resolve(JsonNode? value, int total, bool roundUp)
    {
        if (value is not JsonValue scalar)
        {
            return null;
        }

        if (scalar.GetValueKind() is JsonValueKind.Number)
        {
            return (int)(scalar.NumberAt() ?? 0);
        }

        if (scalar.Text() is not { } text || !text.EndsWith('%') || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent))
        {
            return null;
        }

        var exact = (long)total * percent;
        return (int)(roundUp ? (exact + 99) / 100 : exact / 100);
    }
}
