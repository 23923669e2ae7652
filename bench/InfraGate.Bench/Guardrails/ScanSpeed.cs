using System.Diagnostics;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;

namespace InfraGate.Bench.Guardrails;

/// <summary>How fast the guardrail reads text, in this process and on one core.</summary>
/// <param name="OrdinaryMegabytesPerSecond">Ordinary log text, 10^6 bytes of UTF-8 a second.</param>
/// <param name="WorstHostile">The hostile text whose cost per character grows most with its length.</param>
/// <param name="WorstGrowth">Cost per character at eight times the length, over the cost per character; 1 is linear.</param>
/// <param name="SlowestHostileMegabytesPerSecond">The slowest hostile text's speed.</param>
internal sealed record ScanSpeed(double OrdinaryMegabytesPerSecond, string WorstHostile, double WorstGrowth, double SlowestHostileMegabytesPerSecond)
{
    private const int Length = 64 * 1024;
    private const int Growth = 8;
    private static readonly TimeSpan OrdinaryTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HostileTime = TimeSpan.FromSeconds(1);

    /// <summary>Measures, each text warmed up first.</summary>
    public static ScanSpeed Measure()
    {
        var guard = new TextGuard(new CredentialDetector(), new InjectionDetector(), redactInjection: false);
        var ordinary = SecondsPerCharacter(guard, ScanTexts.OrdinaryLog(Length), OrdinaryTime);
        var hostile = ScanTexts.Hostile.Select(pair => Hostile(guard, pair.Key, pair.Value)).ToList();
        var worst = hostile.MaxBy(item => item.Growth);
        return new ScanSpeed(PerSecond(ordinary), worst.Name, worst.Growth, PerSecond(hostile.Max(item => item.Long)));
    }

    private static (string Name, double Growth, double Long) Hostile(TextGuard guard, string name, Func<int, string> make)
    {
        var shortText = SecondsPerCharacter(guard, make(Length), HostileTime);
        var longText = SecondsPerCharacter(guard, make(Length * Growth), HostileTime);
        return (name, longText / shortText, longText);
    }

    // The fastest of the runs: what disturbs one only ever makes it slower.
    private static double SecondsPerCharacter(TextGuard guard, string text, TimeSpan time)
    {
        guard.Clean(text, new GuardrailFindings());
        var fastest = double.MaxValue;
        var begun = Stopwatch.GetTimestamp();
        do
        {
            var start = Stopwatch.GetTimestamp();
            guard.Clean(text, new GuardrailFindings());
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(begun) < time);
        return fastest / text.Length;
    }

    private static double PerSecond(double secondsPerCharacter) => 1 / secondsPerCharacter / 1e6;
}
