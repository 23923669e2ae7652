using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>A row of the audit trail as verification meets it: an entry, or the place of a row that somebody made unreadable.</summary>
internal readonly record struct AuditRow(long Sequence, AuditEntry? Entry)
{
    /// <summary>Reads a row whatever is in it.</summary>
    public static AuditRow From(SqlRow row)
    {
        var sequence = row.Number("sequence");
        try
        {
            return new AuditRow(sequence, AuditTable.Map(row));
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            return new AuditRow(sequence, Entry: null);
        }
    }
}
