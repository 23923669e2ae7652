using System.Text.Json;
using InfraGate.Plans.Audit;

namespace InfraGate.ApprovalUi.Text;

/// <summary>Reads single texts out of an audit entry's details.</summary>
internal static class EntryDetails
{
    /// <summary>The text of that name; null when the entry has none.</summary>
    public static string? Text(this AuditEntry entry, string name)
    {
        using var details = JsonDocument.Parse(entry.Details);
        return details.RootElement.ValueKind == JsonValueKind.Object && details.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }
}
