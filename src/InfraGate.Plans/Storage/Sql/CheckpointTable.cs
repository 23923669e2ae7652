using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>The gateway's signatures under the audit chain.</summary>
internal static class CheckpointTable
{
    /// <summary>The entry under which the newest signature stands, and when it was made; zeros when there is none.</summary>
    public static async Task<(long Sequence, DateTimeOffset At)> ReadLastAsync(SqlSession session) => await session.FirstAsync(
        "SELECT sequence, signed_at FROM audit_checkpoint ORDER BY sequence DESC LIMIT 1", row => (row.Number("sequence"), row.Time("signed_at")));

    /// <summary>Adds a signature.</summary>
    public static Task<int> InsertAsync(SqlSession session, AuditSignature signature) => session.ExecuteAsync(
        "INSERT INTO audit_checkpoint (sequence, signed_at, signature) VALUES (@sequence, @at, @signature)",
        ("sequence", signature.Checkpoint.Sequence),
        ("at", session.Now.ToUnixTimeMilliseconds()),
        ("signature", signature.Token));

    /// <summary>All signatures by the entry under which they stand, from one entry upwards.</summary>
    public static async Task<Dictionary<long, string>> ReadAsync(SqlSession session, long from = long.MinValue)
    {
        var rows = await session.AllAsync(
            "SELECT sequence, signature FROM audit_checkpoint WHERE sequence >= @from",
            row => KeyValuePair.Create(row.Number("sequence"), row.Text("signature")),
            ("from", from));
        return rows.ToDictionary();
    }
}
