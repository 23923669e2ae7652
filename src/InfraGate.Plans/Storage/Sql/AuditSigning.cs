using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// Signs the end of the chain, and only one that continues what was signed before. Whoever can write to the database can rewrite history and make it hang together; signed unseen, it would be
/// history.
/// </summary>
internal static class AuditSigning
{
    /// <summary>Looks at the chain as the current unit of work leaves it when it is time, and signs its end if that continues what was signed; null when it is not time.</summary>
    public static async Task<SigningAttempt?> SignIfDueAsync(SqlSession session, AuditSigner signer)
    {
        var head = await AuditTable.ReadHeadAsync(session);
        var last = await CheckpointTable.ReadLastAsync(session);
        if (!signer.IsDue(head, last.Sequence, last.At, session.Now))
        {
            return null;
        }

        if (await FindBreakAsync(session, signer, head) is { } broken)
        {
            return new SigningAttempt(session.Now, Signature: null, broken);
        }

        var signature = signer.Sign(head, session.Now);
        await CheckpointTable.InsertAsync(session, signature);
        return new SigningAttempt(session.Now, signature, Break: null);
    }

    /// <summary>Looks whether the chain continues what was signed, and signs nothing.</summary>
    public static async Task<SigningAttempt> InspectAsync(SqlSession session, AuditSigner signer) =>
        new(session.Now, Signature: null, await FindBreakAsync(session, signer, await AuditTable.ReadHeadAsync(session)));

    private static async Task<AuditBreak?> FindBreakAsync(SqlSession session, AuditSigner signer, AuditHead head)
    {
        if (signer.ReadKept(out var kept) is { } unusable)
        {
            return unusable;
        }

        // Without anything that was kept outside the database only the whole chain can tell whether it is the one that its signatures were made for.
        var from = kept.Count == 0 ? 1 : kept.Min(signature => signature.Checkpoint.Sequence);
        var checkpoints = await CheckpointTable.ReadAsync(session, from);
        foreach (var signature in kept)
        {
            checkpoints[signature.Checkpoint.Sequence] = signature.Token;
        }

        var signed = checkpoints.Keys.DefaultIfEmpty(0).Max();
        if (signed > head.Sequence)
        {
            return AuditBreak.EndRemoved(signed, head.Sequence);
        }

        var links = new AuditLinks(signer.Key, checkpoints, from);
        await foreach (var row in AuditTable.StreamAsync(session, from))
        {
            if (links.Take(row.Sequence, row.Entry) is { } broken)
            {
                return broken;
            }
        }

        return links.Finish(head, anchor: null);
    }
}
