using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>
/// An event of events.k8s.io/v1, or of the core group where that is not served. The first keeps what the second wrote under names with "deprecated".
/// </summary>
internal sealed record EventRecord
{
    public EventMeta Metadata { get; init; } = new();

    public DateTimeOffset? EventTime { get; init; }

    public string? Type { get; init; }

    public string? Reason { get; init; }

    public string? Note { get; init; }

    public string? Message { get; init; }

    public ObjectReference? Regarding { get; init; }

    public ObjectReference? InvolvedObject { get; init; }

    public EventSeries? Series { get; init; }

    public int? DeprecatedCount { get; init; }

    public int? Count { get; init; }

    public DateTimeOffset? DeprecatedFirstTimestamp { get; init; }

    public DateTimeOffset? DeprecatedLastTimestamp { get; init; }

    public DateTimeOffset? FirstTimestamp { get; init; }

    public DateTimeOffset? LastTimestamp { get; init; }

    [JsonIgnore]
    public ObjectReference? Object => Regarding ?? InvolvedObject;

    [JsonIgnore]
    public string Text => Note ?? Message ?? "";

    [JsonIgnore]
    public int Times => Math.Max(1, Series?.Count ?? DeprecatedCount ?? Count ?? 1);

    [JsonIgnore]
    public DateTimeOffset LastSeen =>
        Series?.LastObservedTime ?? DeprecatedLastTimestamp ?? LastTimestamp ?? EventTime ?? Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;

    [JsonIgnore]
    public DateTimeOffset FirstSeen =>
        DeprecatedFirstTimestamp ?? FirstTimestamp ?? EventTime ?? Metadata.CreationTimestamp ?? LastSeen;
}

internal sealed record EventMeta(string? Name = null, DateTimeOffset? CreationTimestamp = null);

internal sealed record EventSeries(int? Count, DateTimeOffset? LastObservedTime);
