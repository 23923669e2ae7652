using System.Text.Json.Serialization;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning;

/// <summary>
/// What a <c>request_*</c> tool answers: enough to tell the user what was planned, small enough for a model. The approval page shows everything; here ConfigMap values never
/// appear and long lists end with how much was left out.
/// </summary>
internal sealed record PlanAnswer
{
    private const int ChangesShown = 20;
    private const int FindingsShown = 20;
    private const int ValueLength = 120;

    public required string PlanId { get; init; }

    public required string Status { get; init; }

    public required string Operation { get; init; }

    public required string Cluster { get; init; }

    public required string Namespace { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<PlannedObject> Objects { get; init; }

    /// <summary>One line a field, bounded; <see cref="Omitted"/> says how many more there are.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    public required IReadOnlyList<PlanFinding> Findings { get; init; }

    /// <summary>What this answer leaves out and where it can be seen.</summary>
    public string? Omitted { get; init; }

    public required string ExpiresAt { get; init; }

    /// <summary>Set when an earlier, still pending plan for the same request is returned.</summary>
    public bool? Reused { get; init; }

    public required string Next { get; init; }

    public static PlanAnswer Of(PlannedCall call)
    {
        var plan = call.Plan.Content;
        var changes = plan.Targets.SelectMany(target => target.Changes.Select(change => Line(plan, target, change))).ToArray();
        return new PlanAnswer
        {
            PlanId = plan.Id.Value,
            Status = PlanStatusNames.Of(call.Plan.Status),
            Operation = plan.Operation.ToName(),
            Cluster = plan.Cluster,
            Namespace = plan.Namespace,
            Summary = plan.Impact.Sentence,
            Objects = [.. plan.Targets.Select(target => new PlannedObject(target.Reference, ChangeName(target.Change), target.Changes.Count))],
            Changes = [.. changes.Take(ChangesShown)],
            Findings = [.. plan.Findings.Take(FindingsShown).Select(finding => new PlanFinding(finding.Code, SeverityName(finding.Severity), finding.Message, finding.Target))],
            Omitted = LeftOut(changes.Length - ChangesShown, plan.Findings.Count - FindingsShown),
            ExpiresAt = $"{plan.ExpiresAt:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            Reused = call.IsReused ? true : null,
            Next = $"Call apply_approved_plan with planId {plan.Id}. A human must approve it in a browser first; nothing has changed yet.",
        };
    }

    private static string Line(PlanContent plan, PlanTarget target, FieldChange change)
    {
        var path = plan.Targets.Count == 1 ? change.Path : $"{target.Reference} {change.Path}";
        if (target.Kind == ObjectKind.ConfigMap.Name && (change.Path.StartsWith("data", StringComparison.Ordinal) || change.Path.StartsWith("binaryData", StringComparison.Ordinal)))
        {
            return $"{Sign(change.Kind)} {path}";
        }

        return change.Kind switch
        {
            FieldChangeKind.Added => $"+ {path}: {Short(change.After)}",
            FieldChangeKind.Removed => $"- {path}: {Short(change.Before)}",
            _ => $"~ {path}: {Short(change.Before)} -> {Short(change.After)}",
        };
    }

    private static string Sign(FieldChangeKind kind) => kind switch
    {
        FieldChangeKind.Added => "+",
        FieldChangeKind.Removed => "-",
        _ => "~",
    };

    private static string Short(string? json) => json is { Length: > ValueLength } ? $"{json.AsSpan(0, ValueLength)}..." : json ?? "";

    private static string? LeftOut(int changes, int findings)
    {
        var parts = new List<string>();
        if (changes > 0)
        {
            parts.Add($"{changes} more changed fields");
        }

        if (findings > 0)
        {
            parts.Add($"{findings} more findings");
        }

        return parts.Count == 0 ? null : $"{string.Join(" and ", parts)}; the approval page shows all.";
    }

    private static string ChangeName(TargetChange change) => change switch
    {
        TargetChange.Create => "create",
        TargetChange.Update => "update",
        TargetChange.Delete => "delete",
        _ => "none",
    };

    private static string SeverityName(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Info => "info",
        FindingSeverity.Warn => "warn",
        FindingSeverity.Acknowledge => "acknowledge",
        _ => "block",
    };
}

/// <summary>An object that a plan touches.</summary>
internal sealed record PlannedObject([property: JsonPropertyName("object")] string Reference, string Change, int ChangedFields);

/// <summary>A finding, as models need it.</summary>
internal sealed record PlanFinding(string Code, string Severity, string Message, [property: JsonPropertyName("object")] string? Target);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanAnswer))]
internal sealed partial class PlanAnswerJson : JsonSerializerContext;
