namespace InfraGate.McpServer.Execution;

/// <summary>The times that carrying a plan out keeps to.</summary>
internal sealed record ExecutionOptions
{
    /// <summary>How long an apply watches the rollout that it set off.</summary>
    public required TimeSpan RolloutWait { get; init; }

    /// <summary>How long an executor that says nothing is believed to be alive.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the outcome of a write whose answer was lost is looked for before it is left to recovery.</summary>
    public TimeSpan EstablishWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits for another process that carries the same plan out.</summary>
    public TimeSpan WaitForOthers { get; init; } = TimeSpan.FromSeconds(60);
}
