using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Audit;

/// <summary>
/// How entries of the audit trail are chained: each entry's hash is the SHA-256 of the RFC 8785 canonical JSON of everything in it, the hash of the entry before included.
/// <c>docs/audit.md</c> says how to recompute it without InfraGate.
/// </summary>
public static class AuditChain
{
    /// <summary>What stands before the first entry: 64 zeros.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The end of an empty chain.</summary>
    public static AuditHead Empty { get; } = new(0, Genesis);

    /// <summary>The hash that an entry must have, in lower-case hex.</summary>
    public static string HashOf(AuditEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encode(entry)));

    /// <summary>The canonical JSON that is hashed.</summary>
    public static string HashedText(AuditEntry entry) => Encoding.UTF8.GetString(Encode(entry));

    /// <summary>An entry's time as it is hashed and exported: <c>2026-11-20T10:15:30.123Z</c>.</summary>
    public static string FormatTime(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Encode(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var hashed = new HashedEntry(
            entry.Sequence, FormatTime(entry.At), entry.Actor, entry.Action, entry.Plan, entry.From, entry.To, entry.Details, entry.PreviousHash);
        return CanonicalJson.Encode(JsonSerializer.SerializeToElement(hashed, Options));
    }

    private sealed record HashedEntry(
        long Sequence, string At, AuditActor Actor, string Action, PlanId Plan, PlanStatus? From, PlanStatus? To, string Details, string PreviousHash);
}
