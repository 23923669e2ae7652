using System.Security.Cryptography;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>
/// Follows the chain entry by entry and stops at the first that is not as it was written. Keeps of each plan only what its row must agree with afterwards.
/// </summary>
internal sealed class AuditChainVerifier(ECDsa? key, IReadOnlyDictionary<long, string> checkpoints)
{
    private readonly Dictionary<PlanId, PlanTrail> _trails = [];
    private string _previousHash = AuditChain.Genesis;

    /// <summary>How many entries were found whole.</summary>
    public long Entries { get; private set; }

    /// <summary>The last entry that a verified signature covers.</summary>
    public long SignedThrough { get; private set; }

    /// <summary>What the trail says of each plan.</summary>
    public IReadOnlyDictionary<PlanId, PlanTrail> Trails => _trails;

    /// <summary>Takes the next row; the break when it is not as it was written, else null.</summary>
    public AuditBreak? Take(long sequence, AuditEntry? entry)
    {
        var expected = Entries + 1;
        if (sequence > expected)
        {
            return new AuditBreak(expected, Plan: null, AuditProblem.Removed, $"Entry {expected} is gone; the next one there is {sequence}.");
        }

        if (entry is null || sequence < expected)
        {
            return new AuditBreak(sequence, Plan: null, AuditProblem.Unreadable, $"Entry {sequence} cannot be read as an entry.");
        }

        var problem = CheckLink(entry) ?? CheckCheckpoint(entry) ?? CheckStory(entry);
        if (problem is null)
        {
            Entries = expected;
            _previousHash = entry.Hash;
        }

        return problem;
    }

    /// <summary>After the last row: whether the chain ends where it is recorded to end.</summary>
    public AuditBreak? Finish(AuditHead head, AuditCheckpoint? anchor)
    {
        if (head.Sequence > Entries)
        {
            return new AuditBreak(Entries + 1, Plan: null, AuditProblem.Truncated, $"The trail ends at entry {Entries}, but {head.Sequence} are recorded: the end was removed.");
        }

        if (head.Sequence < Entries)
        {
            return new AuditBreak(head.Sequence + 1, Plan: null, AuditProblem.Appended, $"Only {head.Sequence} entries are recorded, but there are {Entries}.");
        }

        if (head.Hash != _previousHash)
        {
            return new AuditBreak(Entries, Plan: null, AuditProblem.Edited, "The recorded hash of the last entry is not the last entry's.");
        }

        var signed = Math.Max(anchor?.Sequence ?? 0, key is null || checkpoints.Count == 0 ? 0 : checkpoints.Keys.Max());
        return signed > Entries
            ? new AuditBreak(Entries + 1, Plan: null, AuditProblem.Truncated, $"The gateway signed entry {signed}, but the trail ends at {Entries}: the end was removed.")
            : null;
    }

    private AuditBreak? CheckLink(AuditEntry entry)
    {
        var linked = entry.PreviousHash == _previousHash;
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

    /// <summary>Whether what the entry says can have happened after what came before it.</summary>
    private AuditBreak? CheckStory(AuditEntry entry)
    {
        if (entry is { From: null, To: PlanStatus.Pending, Action: AuditActions.PlanCreated })
        {
            return _trails.TryAdd(entry.Plan, PlanTrail.Start(entry)) ? null : Impossible(entry, "makes a plan that was made before");
        }

        if (!_trails.TryGetValue(entry.Plan, out var trail))
        {
            return Impossible(entry, "is about a plan that was not made");
        }

        if (entry is { From: null, To: null })
        {
            trail.Note(entry);
            return null;
        }

        if (entry.From is not { } from || entry.To is not { } to || trail.Status != from || !PlanLifecycle.Allows(from, to) || entry.Action != AuditActions.For(to))
        {
            return Impossible(entry, $"takes an edge that does not exist from where the plan was ({trail.Status})");
        }

        trail.Move(entry, to);
        return null;
    }

    private static AuditBreak Impossible(AuditEntry entry, string what) => new(entry.Sequence, entry.Plan, AuditProblem.Impossible, $"Entry {entry.Sequence} {what}.");
}
