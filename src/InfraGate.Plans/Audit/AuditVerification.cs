namespace InfraGate.Plans.Audit;

/// <summary>What sort of damage verification found.</summary>
public enum AuditProblem
{
    /// <summary>An entry no longer has the hash that it was written with.</summary>
    Edited,

    /// <summary>An entry is where another one was.</summary>
    Moved,

    /// <summary>An entry is gone from the middle.</summary>
    Removed,

    /// <summary>Entries are gone from the end: the recorded end, or a signed one, is further.</summary>
    Truncated,

    /// <summary>There are entries behind the recorded end.</summary>
    Appended,

    /// <summary>A row cannot be read as an entry at all.</summary>
    Unreadable,

    /// <summary>The chain hangs together and yet is not the one that the gateway signed: it was computed anew.</summary>
    Rewritten,

    /// <summary>A checkpoint was not signed by the gateway's key.</summary>
    ForgedCheckpoint,

    /// <summary>An entry records what cannot have happened: an edge that the status machine does not have, a plan that was not made.</summary>
    Impossible,

    /// <summary>A plan is not as the trail says: its status, digest, content, grant or decisions.</summary>
    PlanDisagrees,
}

/// <summary>One damaged place.</summary>
/// <param name="Sequence">The entry; null when it is about a plan's row.</param>
/// <param name="Plan">The plan, where one is known.</param>
/// <param name="Problem">What sort of damage.</param>
/// <param name="Message">What is wrong, in a sentence for operators.</param>
public sealed record AuditBreak(long? Sequence, PlanId? Plan, AuditProblem Problem, string Message)
{
    /// <summary>What is kept outside of the database was not signed by the key.</summary>
    internal static AuditBreak ForgedAnchor() =>
        new(Sequence: null, Plan: null, AuditProblem.ForgedCheckpoint, "The checkpoint that is kept outside of the database was not signed by the gateway's key.");

    /// <summary>What is kept outside of the database cannot be read.</summary>
    internal static AuditBreak UnreadableAnchor(string reason) =>
        new(Sequence: null, Plan: null, AuditProblem.Unreadable, $"The checkpoint that is kept outside of the database cannot be read: {reason}");

    /// <summary>The trail ends before what was signed.</summary>
    internal static AuditBreak EndRemoved(long signed, long last) =>
        new(last + 1, Plan: null, AuditProblem.Truncated, $"The gateway signed entry {signed}, but the trail ends at {last}: the end was removed, or an older copy of the database was put in its place.");
}

/// <summary>What verifying the audit trail found.</summary>
/// <param name="Entries">How many entries are whole, from the first on.</param>
/// <param name="Head">The recorded end of the chain.</param>
/// <param name="SignedThrough">The last entry that a verified signature of the gateway covers; 0 when no key was given or nothing is signed.</param>
/// <param name="FirstBreak">The first broken entry; null when the chain is whole.</param>
/// <param name="PlanBreaks">Plans that are not as the trail says, at most <see cref="MaximumPlanBreaks"/>. Looked for only when the chain is whole.</param>
public sealed record AuditVerification(long Entries, AuditHead Head, long SignedThrough, AuditBreak? FirstBreak, IReadOnlyList<AuditBreak> PlanBreaks)
{
    /// <summary>The most <see cref="PlanBreaks"/> that are listed.</summary>
    public const int MaximumPlanBreaks = 20;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsWhole => FirstBreak is null && PlanBreaks.Count == 0;
}

/// <summary>What verification may rely on beyond the database itself, and how deep it looks.</summary>
public sealed record AuditVerificationOptions
{
    /// <summary>The gateway's public key (base64 of its SubjectPublicKeyInfo). Without it signatures are not looked at, and a chain that was computed anew is not noticed.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The newest checkpoint that the gateway kept outside of the database (see <see cref="AuditSigner"/>), where there is one.</summary>
    public string? Anchor { get; init; }

    /// <summary>Whether every plan's content is read and its digest recomputed; turning it off leaves status, digest column, grant and decisions.</summary>
    public bool Contents { get; init; } = true;
}
