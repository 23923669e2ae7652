using System.Text.Json;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>A plan without its content: what a change of it depends on.</summary>
internal sealed record PlanHead(
    PlanId Id, PlanStatus Status, string Digest, FindingSeverity? Risk, DateTimeOffset CreatedAt, DateTimeOffset DueAt, PlanOutcome? Outcome, ExecutionLease? Lease)
{
    /// <summary>Whether this executor carries the plan out at the moment.</summary>
    public bool IsHeldBy(string owner) => Status == PlanStatus.Applying && Lease?.Owner == owner;

    /// <summary>Reads a row.</summary>
    public static PlanHead From(SqlRow row) => new(
        PlanId.Parse(row.Text("id")),
        WireNames.Parse<PlanStatus>(row.Text("status")),
        row.Text("digest"),
        row.NumberOrNull("risk") is { } risk ? (FindingSeverity)risk : null,
        row.Time("created_at"),
        row.Time("due_at"),
        OutcomeOf(row),
        LeaseOf(row));

    /// <summary>The outcome in a row.</summary>
    public static PlanOutcome? OutcomeOf(SqlRow row) =>
        row.TextOrNull("outcome") is { } outcome ? JsonSerializer.Deserialize<PlanOutcome>(outcome, WireNames.Json) : null;

    /// <summary>The lease in a row.</summary>
    public static ExecutionLease? LeaseOf(SqlRow row) =>
        row.TextOrNull("lease_owner") is { } owner && row.NumberOrNull("lease_until") is { } until ? new ExecutionLease(owner, DateTimeOffset.FromUnixTimeMilliseconds(until)) : null;
}
