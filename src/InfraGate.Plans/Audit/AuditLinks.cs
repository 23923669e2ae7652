using System.Security.Cryptography;

namespace InfraGate.Plans.Audit;

/// <summary>
/// Follows the links of the chain entry by entry, from its beginning or from a signed entry on, and stops at the first that is not as it was written or not as it was signed.
/// </summary>
/// <param name="key">The key of the signatures; null to look at none.</param>
/// <param name="checkpoints">The signatures by the entry under which they stand.</param>
/// <param name="from">The first entry that is looked at. When it is not the first of all, a checkpoint must stand under it: nothing else says that what came before it is what it was.</param>
internal sealed class AuditLinks(ECDsa? key, IReadOnlyDictionary<long, string> checkpoints, long from = 1)
{
    private string? _previousHash = from == 1 ? AuditChain.Genesis : null;

    /// <summary>The last entry that was found whole.</summary>
    public long Last { get; private set; } = from - 1;

    /// <summary>The last entry that a verified signature covers.</summary>
    public long SignedThrough { get; private set; }

    /// <summary>Takes the next row; the break when it is not as it was written, else null.</summary>
    public AuditBreak? Take(long sequence, AuditEntry? entry)
    {
        var expected = Last + 1;
        if (sequence > expected)
        {
            return new AuditBreak(expected, Plan: null, AuditProblem.Removed, $"Entry {expected} is gone; the next one there is {sequence}.");
        }

        if (entry is null || sequence < expected)
        {
            return new AuditBreak(sequence, Plan: null, AuditProblem.Unreadable, $"Entry {sequence} cannot be read as an entry.");
        }

        var problem = CheckLink(entry) ?? CheckCheckpoint(entry);
        if (problem is null)
        {
            Last = expected;
            _previousHash = entry.Hash;
        }

        return problem;
    }

    /// <summary>After the last row: whether the chain ends where it is recorded to end.</summary>
    public AuditBreak? Finish(AuditHead head, AuditCheckpoint? anchor)
    {
        if (head.Sequence > Last)
        {
            return new AuditBreak(Last + 1, Plan: null, AuditProblem.Truncated, $"The trail ends at entry {Last}, but {head.Sequence} are recorded: the end was removed.");
        }

        if (head.Sequence < Last)
        {
            return new AuditBreak(head.Sequence + 1, Plan: null, AuditProblem.Appended, $"Only {head.Sequence} entries are recorded, but there are {Last}.");
        }

        if (head.Hash != _previousHash)
        {
            return new AuditBreak(Last, Plan: null, AuditProblem.Edited, "The recorded hash of the last entry is not the last entry's.");
        }

        var signed = Math.Max(anchor?.Sequence ?? 0, key is null || checkpoints.Count == 0 ? 0 : checkpoints.Keys.Max());
        return signed > Last ? AuditBreak.EndRemoved(signed, Last) : null;
    }

    private AuditBreak? CheckLink(AuditEntry entry)
    {
        var linked = _previousHash is null || entry.PreviousHash == _previousHash;
        if (entry.Hash != AuditChain.HashOf(entry))
        {
            return linked
                ? new AuditBreak(entry.Sequence, entry.Plan, AuditProblem.Edited, $"Entry {entry.Sequence} was edited: it no longer has the hash it was written with.")
                : new AuditBreak(entry.Sequence, entry.Plan, AuditProblem.Moved, $"Entry {entry.Sequence} was written for another place: it neither follows the entry before it nor has its own hash.");
        }

        return linked
            ? null
            : new AuditBreak(entry.Sequence, entry.Plan, AuditProblem.Moved, $"Entry {entry.Sequence} does not follow the entry before it: one of the two was replaced.");
    }

    private AuditBreak? CheckCheckpoint(AuditEntry entry)
    {
        if (key is null || !checkpoints.TryGetValue(entry.Sequence, out var token))
        {
            return null;
        }

        if (AuditCheckpoint.Verify(token, key) is not { } checkpoint || checkpoint.Sequence != entry.Sequence)
        {
            return new AuditBreak(entry.Sequence, entry.Plan, AuditProblem.ForgedCheckpoint, $"The checkpoint at entry {entry.Sequence} was not signed by the gateway's key.");
        }

        if (checkpoint.Hash != entry.Hash)
        {
            return new AuditBreak(entry.Sequence, entry.Plan, AuditProblem.Rewritten, $"The chain up to entry {entry.Sequence} is not the one that the gateway signed: it was computed anew.");
        }

        SignedThrough = entry.Sequence;
        return null;
    }
}
