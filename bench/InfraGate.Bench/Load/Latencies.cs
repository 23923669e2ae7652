namespace InfraGate.Bench.Load;

/// <summary>Latencies of many calls, sorted, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly double[] _sorted;

    /// <param name="milliseconds">In any order.</param>
    public Latencies(IEnumerable<double> milliseconds)
    {
        _sorted = [.. milliseconds];
        Array.Sort(_sorted);
    }

    /// <summary>The smallest latency that at least this share of the calls did not exceed (nearest rank); not a number when there were none.</summary>
    /// <param name="share">0 to 1.</param>
    public double At(double share) => _sorted.Length == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
