using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>The gateway's signatures under the audit chain.</summary>
internal static class CheckpointTable
{
    /// <summary>Signs the end of the chain as the current unit of work leaves it, when it is time; the checkpoint that was added, or null.</summary>
    public static async Task<(long Sequence, string Token)?> SignIfDueAsync(SqlSession session, AuditSigner signer)
    {
        var head = await AuditTable.ReadHeadAsync(session);
        var last = await session.FirstAsync(
            "SELECT sequence, signed_at FROM audit_checkpoint ORDER BY sequence DESC LIMIT 1", row => (Sequence: row.Number("sequence"), At: row.Time("signed_at")));
        if (!AuditSigner.IsDue(head, last.Sequence, last.At, session.Now))
        {
            return null;
        }

        var token = signer.Sign(head, session.Now);
        await session.ExecuteAsync(
            "INSERT INTO audit_checkpoint (sequence, signed_at, signature) VALUES (@sequence, @at, @signature)",
            ("sequence", head.Sequence),
            ("at", session.Now.ToUnixTimeMilliseconds()),
            ("signature", token));
        return (head.Sequence, token);
    }

    /// <summary>All signatures by the entry under which they stand.</summary>
    public static async Task<Dictionary<long, string>> ReadAsync(SqlSession session)
    {
        var rows = await session.AllAsync("SELECT sequence, signature FROM audit_checkpoint", row => KeyValuePair.Create(row.Number("sequence"), row.Text("signature")));
        return rows.ToDictionary();
    }
}
