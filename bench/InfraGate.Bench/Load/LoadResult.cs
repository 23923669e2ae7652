namespace InfraGate.Bench.Load;

/// <summary>What one closed-loop run of one contestant gave.</summary>
internal sealed record LoadResult
{
    /// <summary>The question that was asked.</summary>
    public required string Scenario { get; init; }

    /// <summary>Who answered.</summary>
    public required string Subject { get; init; }

    /// <summary>How many clients asked at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Calls that were begun in the measured time.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that failed, among them.</summary>
    public required int Errors { get; init; }

    /// <summary>What the first failed call said.</summary>
    public string? FirstError { get; init; }

    /// <summary>From the first call to the last answer, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Median latency in milliseconds.</summary>
    public required double P50 { get; init; }

    /// <summary>95th percentile in milliseconds.</summary>
    public required double P95 { get; init; }

    /// <summary>99th percentile in milliseconds.</summary>
    public required double P99 { get; init; }

    /// <summary>Mean bytes of an answer's body.</summary>
    public required long BytesPerAnswer { get; init; }

    /// <summary>CPU seconds per thousand calls by process.</summary>
    public required IReadOnlyDictionary<string, double> CpuSecondsPerThousand { get; init; }

    /// <summary>Resident memory at the end of the run in MiB by process.</summary>
    public required IReadOnlyDictionary<string, double> ResidentMiB { get; init; }

    /// <summary>Successful answers a second.</summary>
    public double PerSecond => (Calls - Errors) / Seconds;
}
