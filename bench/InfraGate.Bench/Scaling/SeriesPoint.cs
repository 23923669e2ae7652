namespace InfraGate.Bench.Scaling;

/// <summary>What something costs at one size of something else.</summary>
/// <param name="Series">What grows: sessions, Pods, plans, audit entries.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Values">Figures by their name, the unit included.</param>
internal sealed record SeriesPoint(string Series, int Size, IReadOnlyDictionary<string, double> Values);
