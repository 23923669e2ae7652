using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage;

namespace InfraGate.Plans.Audit;

/// <summary>
/// What audit entries keep beside who, what and when. Names, digests, counts, people's own words and the cluster's reason for a refusal, which comes redacted; never a
/// value of an object.
/// </summary>
internal static class AuditDetails
{
    /// <summary>The plan's digest.</summary>
    public const string Digest = "digest";

    /// <summary>The SHA-256 of the signed grant.</summary>
    public const string Grant = "grant";

    /// <summary>A person's or the system's reason.</summary>
    public const string Reason = "reason";

    /// <summary>What an approver said.</summary>
    public const string Verdict = "verdict";

    /// <summary>The groups that an approver had.</summary>
    public const string Groups = "groups";

    /// <summary>The SHA-256 of the gateway's signature of a decision.</summary>
    public const string Signature = "signature";

    /// <summary>Under which version of the policy a decision was taken. Older entries of decisions lack it.</summary>
    public const string PolicyVersion = "policyVersion";

    /// <summary>Of a plan's making.</summary>
    public static JsonObject OfCreation(PlanContent content, PlanDigest digest) => new()
    {
        [Digest] = digest.Value,
        ["cluster"] = content.Cluster,
        ["namespace"] = content.Namespace,
        ["operation"] = content.Operation.ToName(),
        ["targets"] = new JsonArray([.. content.Targets.Select(target => JsonValue.Create(target.Reference))]),
        ["findings"] = new JsonArray([.. content.Findings.Select(finding => JsonValue.Create(finding.Code))]),
        ["expiresAt"] = AuditChain.FormatTime(content.ExpiresAt),
    };

    /// <summary>Of a decision.</summary>
    public static JsonObject OfDecision(Decision decision, string digest, string? policyVersion)
    {
        var details = new JsonObject
        {
            [Digest] = digest,
            [Verdict] = decision.Verdict == Approval.Verdict.Approve ? "approve" : "deny",
            ["acknowledged"] = new JsonArray([.. decision.Acknowledged.Select(id => JsonValue.Create(id))]),
            [Groups] = new JsonArray([.. decision.Groups.Select(group => JsonValue.Create(group))]),
        };
        With(PolicyVersion, policyVersion, details);
        With(Reason, decision.Reason, details);
        return With(Signature, decision.Signature is null ? null : HashOf(decision.Signature), details);
    }

    /// <summary>Of a transition.</summary>
    public static JsonObject OfTransition(PlanTransition edge, string digest)
    {
        var details = new JsonObject();
        foreach (var (name, value) in edge.Details)
        {
            details[name] = value;
        }

        details[Digest] = digest;
        With(Reason, edge.Reason, details);
        With(Grant, edge.Grant is null ? null : HashOf(edge.Grant), details);
        With("owner", edge.Lease?.Owner, details);
        if (edge.Outcome is { } outcome)
        {
            details["outcome"] = new JsonObject(outcome.Targets.Select(target => KeyValuePair.Create(target.Target, (JsonNode?)WireName(target.Result))));
        }

        return details;
    }

    /// <summary>Of one target's outcome: not its message, which may quote the cluster.</summary>
    public static JsonObject OfTarget(TargetOutcome outcome, string owner) => With("resourceVersion", outcome.ResourceVersion, new()
    {
        ["target"] = outcome.Target,
        ["result"] = WireName(outcome.Result),
        ["owner"] = owner,
    });

    /// <summary>Of rollouts: their states, not their details.</summary>
    public static JsonObject OfRollouts(IEnumerable<RolloutReport> rollouts) => new()
    {
        ["rollouts"] = new JsonObject(rollouts.Select(rollout => KeyValuePair.Create(rollout.Target, (JsonNode?)rollout.State))),
    };

    /// <summary>The SHA-256 of a text in lower-case hex: names a grant or a challenge without giving it away.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A text in an entry's details; null when it is not there.</summary>
    public static string? Text(string details, string name) => Element(details, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The texts of a list in an entry's details; null when it is not there.</summary>
    public static IReadOnlyList<string>? Texts(string details, string name) => Element(details, name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.ToString())]
        : null;

    private static JsonElement? Element(string details, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject With(string name, string? value, JsonObject details)
    {
        if (value is not null)
        {
            details[name] = value;
        }

        return details;
    }

    private static string WireName(TargetResult result) => JsonSerializer.SerializeToElement(result).GetString()!;
}
