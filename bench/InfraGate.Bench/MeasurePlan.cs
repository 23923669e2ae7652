using InfraGate.Bench.Scenarios;

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
    public int Applies { get; init; } = 250;

    /// <summary>How many are before, unmeasured, as every other question is warmed up too.</summary>
    public int WarmUpApplies { get; init; } = 250;

    /// <summary>How often the gateway is started for its starting time.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>How many samples each point of a series gets.</summary>
    public int SeriesSamples { get; init; } = 30;

    /// <summary>Names the report.</summary>
    public string Name { get; init; } = "full";

    /// <summary>The only questions that are asked; null for everything there is to measure.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>What a reader of the report must know about a run that is less than a full one.</summary>
    public string? Caution { get; init; }

    /// <summary>The same run for some questions alone: without the peer, and without what they do not ask about.</summary>
    public MeasurePlan OnlyFor(IReadOnlySet<string> questions) => this with
    {
        Only = questions,
        Large = questions.Contains(ScenarioNames.LargeStatus) ? Large : new NamespaceSize(1, 1),
        PodSeries = questions.Contains(Scaling.PodSeries.Name) ? PodSeries : [],
    };

    /// <summary>A run of some minutes: every question, less time for each, and no store of 100,000 plans.</summary>
    public static MeasurePlan Short { get; } = new()
    {
        Name = "short",
        Caution = "A short run: each figure comes from a few seconds, and the largest stores were left out.",
        WarmUp = TimeSpan.FromMilliseconds(500),
        Duration = TimeSpan.FromSeconds(3),
        SessionSeries = [1, 100, 2_000],
        PlanSeries = [10, 100, 1_000],
        AuditSeries = [10, 100, 1_000],
        Applies = 20,
        WarmUpApplies = 20,
        Starts = 3,
        SeriesSamples = 10,
    };

    /// <summary>A smoke run of a minute or two.</summary>
    public static MeasurePlan Quick { get; } = new()
    {
        Name = "quick",
        Caution = "A quick run: it shows that the harness works. Its runs are too short for its figures to mean much.",
        WarmUp = TimeSpan.FromMilliseconds(300),
        Duration = TimeSpan.FromSeconds(1),
        Large = new NamespaceSize(50, 500),
        PodSeries = [10, 100, 500],
        SessionSeries = [1, 10, 100],
        PlanSeries = [10, 100, 1_000],
        AuditSeries = [10, 100, 1_000],
        Applies = 5,
        WarmUpApplies = 1,
        Starts = 1,
        SeriesSamples = 5,
    };
}

/// <summary>How much a namespace holds.</summary>
internal sealed record NamespaceSize(int Deployments, int Pods);
