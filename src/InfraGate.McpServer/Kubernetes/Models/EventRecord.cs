using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>
/// An event of events.k8s.io/v1, or of the core group where that is not served. The first keeps what the second wrote under names with "deprecated".
/// </summary>
internal sealed record EventRecord
{
    public EventMeta Metadata { get; set; } = new();

    public DateTimeOffset? EventTime { get; set; }

    public string? Type { get; set; }

    public string? Reason { get; set; }

    public string? Note { get; set; }

    public string? Message { get; set; }

    public ObjectReference? Regarding { get; set; }

    public ObjectReference? InvolvedObject { get; set; }

    public EventSeries? Series { get; set; }

    public int? DeprecatedCount { get; set; }

    public int? Count { get; set; }

    public DateTimeOffset? DeprecatedFirstTimestamp { get; set; }

    public DateTimeOffset? DeprecatedLastTimestamp { get; set; }

    public DateTimeOffset? FirstTimestamp { get; set; }

    public DateTimeOffset? LastTimestamp { get; set; }

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
