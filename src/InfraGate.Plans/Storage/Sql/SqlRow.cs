using System.Data.Common;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>A row of a result, read by column name.</summary>
internal readonly struct SqlRow(DbDataReader reader)
{
    /// <summary>A text that is always there.</summary>
    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    /// <summary>A text or null.</summary>
    public string? TextOrNull(string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }

    /// <summary>A whole number that is always there.</summary>
    public long Number(string column) => reader.GetInt64(reader.GetOrdinal(column));

    /// <summary>A whole number or null.</summary>
    public long? NumberOrNull(string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
    }

    /// <summary>An instant, kept as Unix milliseconds.</summary>
    public DateTimeOffset Time(string column) => DateTimeOffset.FromUnixTimeMilliseconds(Number(column));
}
