using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Audit;

/// <summary>Writes the trail for other tools, entry by entry, so that its size does not matter.</summary>
public static class AuditExport
{
    private static readonly string[] Columns =
        ["sequence", "at", "actorKind", "actorSubject", "actorName", "actorClient", "action", "plan", "from", "to", "details", "previousHash", "hash"];

    /// <summary>
    /// One JSON object a line, in RFC 8785 canonical form. A line without its member <c>hash</c> is exactly what was hashed, so that the chain can be verified by any program.
    /// </summary>
    public static async Task WriteJsonLinesAsync(IAsyncEnumerable<AuditEntry> entries, TextWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(writer);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var line = JsonNode.Parse(AuditChain.HashedText(entry))!.AsObject();
            line["hash"] = entry.Hash;
            await writer.WriteAsync((CanonicalJson.ToText(line) + "\n").AsMemory(), cancellationToken);
        }
    }

    /// <summary>
    /// Comma-separated values with a header line (RFC 4180). A cell that a spreadsheet would take for a formula is led by an apostrophe: names and reasons are other people's words.
    /// </summary>
    public static async Task WriteCsvAsync(IAsyncEnumerable<AuditEntry> entries, TextWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(writer);
        await writer.WriteAsync((string.Join(',', Columns) + "\r\n").AsMemory(), cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync((string.Join(',', Cells(entry).Select(Cell)) + "\r\n").AsMemory(), cancellationToken);
        }
    }

    private static string?[] Cells(AuditEntry entry) =>
    [
        entry.Sequence.ToString(),
        AuditChain.FormatTime(entry.At),
        JsonSerializer.SerializeToElement(entry.Actor.Kind).GetString(),
        entry.Actor.Subject,
        entry.Actor.Name,
        entry.Actor.Client,
        entry.Action,
        entry.Plan.Value,
        entry.From?.ToString(),
        entry.To?.ToString(),
        entry.Details,
        entry.PreviousHash,
        entry.Hash,
    ];

    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text ?? string.Empty;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
