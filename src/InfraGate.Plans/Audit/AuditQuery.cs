namespace InfraGate.Plans.Audit;

/// <summary>Which audit entries a page wants. Every condition that is set must hold.</summary>
public sealed record AuditQuery
{
    /// <summary>The largest page.</summary>
    public const int MaximumPage = 500;

    /// <summary>Only entries about this plan.</summary>
    public PlanId? Plan { get; init; }

    /// <summary>Only entries of this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this action, one of <see cref="AuditActions"/>.</summary>
    public string? Action { get; init; }

    /// <summary>Every action but this one of <see cref="AuditActions"/>.</summary>
    public string? Except { get; init; }

    /// <summary>This text in the actor's name, the action or the details, without regard to case.</summary>
    public string? Text { get; init; }

    /// <summary>Only entries before this sequence number.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most, 1 to <see cref="MaximumPage"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The recorded end of the chain.</summary>
/// <param name="Sequence">The number of entries.</param>
/// <param name="Hash">The last entry's hash; 64 zeros when there is none.</param>
public sealed record AuditHead(long Sequence, string Hash);
