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
    private const int Rounds = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures. The texts take turns, so that a machine which is slow for a while is so for none of them alone.</summary>
    public static ScanSpeed Measure()
    {
        var guard = new TextGuard(new CredentialDetector(), new InjectionDetector(), redactInjection: false);
        var ordinary = new ScannedText("ordinary log", ScanTexts.OrdinaryLog(Length));
        var hostile = ScanTexts.Hostile.Select(pair => (Short: new ScannedText(pair.Key, pair.Value(Length)), Long: new ScannedText(pair.Key, pair.Value(Length * Growth)))).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            ordinary.Scan(guard, Turn);
            foreach (var (shortText, longText) in hostile)
            {
                shortText.Scan(guard, Turn);
                longText.Scan(guard, Turn);
            }
        }

        var (worstShort, worstLong) = hostile.MaxBy(pair => pair.Long.SecondsPerCharacter / pair.Short.SecondsPerCharacter);
        return new ScanSpeed(
            ordinary.MegabytesPerSecond,
            worstLong.Name,
            worstLong.SecondsPerCharacter / worstShort.SecondsPerCharacter,
            hostile.Min(pair => pair.Long.MegabytesPerSecond));
    }
}
