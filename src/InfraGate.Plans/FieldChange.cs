using System.Text.Json.Serialization;

namespace InfraGate.Plans;

/// <summary>How one field differs between the live object and the dry-run result.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldChangeKind>))]
public enum FieldChangeKind
{
    /// <summary>The field is new.</summary>
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>The field goes.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>The field has another value.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,
}

/// <summary>One leaf that differs between the live object and the server's dry-run result.</summary>
/// <param name="Path">
/// The field, with list elements named by their key where they have one: <c>spec.template.spec.containers[name=nginx].image</c>.
/// </param>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="Before">The old value as compact JSON, or its fingerprint; null when added.</param>
/// <param name="After">The new value as compact JSON, or its fingerprint; null when removed.</param>
/// <param name="Masked">True when at least one side is a fingerprint instead of the value.</param>
public sealed record FieldChange(string Path, FieldChangeKind Kind, string? Before, string? After, bool Masked);
