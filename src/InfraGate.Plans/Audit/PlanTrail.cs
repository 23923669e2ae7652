using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Audit;

/// <summary>What the trail says of one plan.</summary>
internal sealed class PlanTrail
{
    private PlanTrail(string? digest) => Digest = digest;

    /// <summary>The digest that was recorded when the plan was made.</summary>
    public string? Digest { get; }

    /// <summary>Where the last transition left it.</summary>
    public PlanStatus Status { get; private set; } = PlanStatus.Pending;

    /// <summary>The hash of its grant, once it was approved.</summary>
    public string? GrantHash { get; private set; }

    /// <summary>Who said what, in order: <c>bob approve; carol deny</c>, each with the groups and the signature's hash where it is signed.</summary>
    public string Decisions { get; private set; } = string.Empty;

    /// <summary>From the entry of its making.</summary>
    public static PlanTrail Start(AuditEntry entry) => new(AuditDetails.Text(entry.Details, AuditDetails.Digest));

    /// <summary>From the entries that made, decided on and moved one plan, in order; null when they cannot be relied on.</summary>
    public static PlanTrail? Of(IReadOnlyList<AuditEntry?> entries)
    {
        if (entries is not [{ Action: AuditActions.PlanCreated } first, ..])
        {
            return null;
        }

        var trail = Start(first);
        foreach (var entry in entries)
        {
            if (entry is null || entry.Hash != AuditChain.HashOf(entry))
            {
                return null;
            }

            if (entry.To is { } to)
            {
                trail.Move(entry, to);
            }
            else
            {
                trail.Note(entry);
            }
        }

        return trail;
    }

    /// <summary>One decision as <see cref="Decisions"/> writes it.</summary>
    public static string Word(string subject, string? verdict, string? signatureHash, IEnumerable<string>? groups) =>
        signatureHash is null ? $"{subject} {verdict}; " : $"{subject} {verdict} {signatureHash} {string.Join('\n', groups ?? [])}; ";

    /// <summary>Takes an entry that is no transition.</summary>
    public void Note(AuditEntry entry)
    {
        if (entry.Action == AuditActions.DecisionRecorded)
        {
            Decisions += Word(
                entry.Actor.Subject,
                AuditDetails.Text(entry.Details, AuditDetails.Verdict),
                AuditDetails.Text(entry.Details, AuditDetails.Signature),
                AuditDetails.Texts(entry.Details, AuditDetails.Groups));
        }
    }

    /// <summary>Takes a transition.</summary>
    public void Move(AuditEntry entry, PlanStatus to)
    {
        Status = to;
        GrantHash = AuditDetails.Text(entry.Details, AuditDetails.Grant) ?? GrantHash;
    }
}
