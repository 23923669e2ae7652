using System.Security.Cryptography;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>
/// Follows the whole chain entry by entry and stops at the first that is not as it was written, or tells what cannot have happened. Keeps of each plan only what its row must agree with afterwards.
/// </summary>
internal sealed class AuditChainVerifier(ECDsa? key, IReadOnlyDictionary<long, string> checkpoints)
{
    private readonly AuditLinks _links = new(key, checkpoints);
    private readonly Dictionary<PlanId, PlanTrail> _trails = [];

    /// <summary>How many entries were found whole.</summary>
    public long Entries { get; private set; }

    /// <summary>The last entry that a verified signature covers.</summary>
    public long SignedThrough => _links.SignedThrough;

    /// <summary>What the trail says of each plan.</summary>
    public IReadOnlyDictionary<PlanId, PlanTrail> Trails => _trails;

    /// <summary>Takes the next row; the break when it is not as it was written, else null.</summary>
    public AuditBreak? Take(long sequence, AuditEntry? entry)
    {
        var problem = _links.Take(sequence, entry) ?? CheckStory(entry!);
        if (problem is null)
        {
            Entries = _links.Last;
        }

        return problem;
    }

    /// <summary>After the last row: whether the chain ends where it is recorded to end.</summary>
    public AuditBreak? Finish(AuditHead head, AuditCheckpoint? anchor) => _links.Finish(head, anchor);

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
