using System.Text.Json.Serialization;

namespace InfraGate.Plans.Policy;

/// <summary>Whether a window opens or closes the gate.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowKind>))]
public enum WindowKind
{
    /// <summary>Changes are allowed within; when any allow window exists, they are refused outside all of them.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>Changes are refused within, whatever any allow window says.</summary>
    [JsonStringEnumMemberName("deny")]
    Deny,
}

/// <summary>A weekly recurring span of time.</summary>
/// <param name="Name">What people call it, shown where it refuses.</param>
/// <param name="Kind">Allow or deny.</param>
/// <param name="Days">The days on which it starts; empty means every day.</param>
/// <param name="Start">When it starts, in the time zone.</param>
/// <param name="Length">How long it lasts, up to seven days.</param>
/// <param name="TimeZone">An IANA time zone, for example <c>Europe/Berlin</c>.</param>
public sealed record ChangeWindow(string Name, WindowKind Kind, IReadOnlyList<DayOfWeek> Days, TimeOnly Start, TimeSpan Length, string TimeZone);
