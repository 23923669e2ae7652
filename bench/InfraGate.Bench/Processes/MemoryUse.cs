namespace InfraGate.Bench.Processes;

/// <summary>What several processes hold in memory.</summary>
/// <param name="AddedMiB">Their resident sizes added up: what they share is counted once for each.</param>
/// <param name="TogetherMiB">What they hold together, see <see cref="SharedMemory"/>; null where the kernel does not tell.</param>
internal sealed record MemoryUse(double AddedMiB, double? TogetherMiB)
{
    /// <summary>The best figure there is for what they hold together, in MiB.</summary>
    public double MiB => TogetherMiB ?? AddedMiB;

    /// <summary>Reads it now.</summary>
    public static MemoryUse Of(IReadOnlyList<WatchedProcess> processes) => new(processes.Sum(process => process.ResidentMiB()), SharedMemory.ResidentMiB(processes));

    /// <summary>For a line of text.</summary>
    public override string ToString() => TogetherMiB is { } together ? $"{together:0} MiB (resident sizes added: {AddedMiB:0})" : $"{AddedMiB:0} MiB (resident sizes added)";
}
