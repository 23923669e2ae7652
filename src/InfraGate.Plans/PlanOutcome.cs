using System.Text.Json.Serialization;

namespace InfraGate.Plans;

/// <summary>What became of one target.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetResult>))]
public enum TargetResult
{
    /// <summary>Not attempted yet, or not reached because an earlier target failed.</summary>
    [JsonStringEnumMemberName("not-attempted")]
    NotAttempted,

    /// <summary>The API server confirmed the write.</summary>
    [JsonStringEnumMemberName("written")]
    Written,

    /// <summary>The object already was as planned, found so when an interrupted apply was recovered.</summary>
    [JsonStringEnumMemberName("already-so")]
    AlreadySo,

    /// <summary>The API server refused, or the answer could not be established.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The outcome of one target.</summary>
/// <param name="Target">The object, for example <c>Deployment/nginx-demo</c>.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Message">The API server's reason or what was established, in a sentence; null when written plainly.</param>
/// <param name="ResourceVersion">The object's resourceVersion after the write; null when unknown or deleted.</param>
/// <param name="At">When this was established.</param>
public sealed record TargetOutcome(string Target, TargetResult Result, string? Message, string? ResourceVersion, DateTimeOffset At);

/// <summary>The state of a rollout that the plan set off.</summary>
/// <param name="Target">The Deployment.</param>
/// <param name="State"><c>complete</c>, <c>progressing</c>, <c>stuck</c> or <c>unknown</c>.</param>
/// <param name="Detail">In a sentence.</param>
public sealed record RolloutReport(string Target, string State, string Detail);

/// <summary>The exact tool call that would undo a part of the plan.</summary>
/// <param name="Tool">The <c>request_*</c> tool.</param>
/// <param name="Arguments">Its arguments as compact JSON; null when the values needed must not leave the cluster.</param>
/// <param name="Note">What to know, for example why no exact call can be given.</param>
public sealed record UndoCall(string Tool, string? Arguments, string? Note);

/// <summary>What carrying a plan out did.</summary>
public sealed record PlanOutcome
{
    /// <summary>One entry a target, in order.</summary>
    public required IReadOnlyList<TargetOutcome> Targets { get; init; }

    /// <summary>Rollouts, as last seen.</summary>
    public IReadOnlyList<RolloutReport> Rollouts { get; init; } = [];

    /// <summary>How to go back.</summary>
    public IReadOnlyList<UndoCall> Undo { get; init; } = [];

    /// <summary>Whether the record was completed by recovery after the process that carried the plan out had died.</summary>
    public bool Recovered { get; init; }
}
