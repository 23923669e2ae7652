namespace InfraGate.Bench;

/// <summary>How much is measured and for how long.</summary>
internal sealed record MeasurePlan
{
    /// <summary>The numbers of clients that ask at once.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [1, 8, 32];

    /// <summary>How long each run is warmed up.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long each run is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The ordinary namespace.</summary>
    public NamespaceSize Medium { get; init; } = new(20, 200);

    /// <summary>The large namespace.</summary>
    public NamespaceSize Large { get; init; } = new(500, 10_000);

    /// <summary>Numbers of Pods for the cost of a status as a namespace grows; the largest is <see cref="Large"/>.</summary>
    public IReadOnlyList<int> PodSeries { get; init; } = [10, 100, 1_000, 10_000];

    /// <summary>Numbers of idle sessions.</summary>
    public IReadOnlyList<int> SessionSeries { get; init; } = [1, 10, 100, 1_000, 2_000];

    /// <summary>Numbers of plans stored.</summary>
    public IReadOnlyList<int> PlanSeries { get; init; } = [10, 100, 1_000, 10_000, 100_000];

    /// <summary>Numbers of audit entries stored.</summary>
    public IReadOnlyList<int> AuditSeries { get; init; } = [10, 100, 1_000, 10_000, 100_000];

    /// <summary>How many plans are approved and applied for the latency of apply.</summary>
    public int Applies { get; init; } = 40;

    /// <summary>How often the gateway is started for its starting time.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>How many samples each point of a series gets.</summary>
    public int SeriesSamples { get; init; } = 30;

    /// <summary>True for a run that only shows that everything works; its figures say little.</summary>
    public bool IsQuick { get; init; }

    /// <summary>A smoke run of a minute or two.</summary>
    public static MeasurePlan Quick { get; } = new()
    {
        IsQuick = true,
        WarmUp = TimeSpan.FromMilliseconds(300),
        Duration = TimeSpan.FromSeconds(1),
        Large = new NamespaceSize(50, 500),
        PodSeries = [10, 100, 500],
        SessionSeries = [1, 10, 100],
        PlanSeries = [10, 100, 1_000],
        AuditSeries = [10, 100, 1_000],
        Applies = 5,
        Starts = 1,
        SeriesSamples = 5,
    };
}

/// <summary>How much a namespace holds.</summary>
internal sealed record NamespaceSize(int Deployments, int Pods);
