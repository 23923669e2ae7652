using BenchmarkDotNet.Attributes;
using InfraGate.Bench.Guardrails;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;

namespace InfraGate.MicroBench;

/// <summary>The guardrail's scan of one text. Each text is 65,536 bytes long: megabytes a second are 0.065536 over the mean in seconds.</summary>
[MemoryDiagnoser]
public class GuardrailBenchmarks
{
    private const int Length = 64 * 1024;
    private const string Ordinary = "ordinary log";

    private readonly TextGuard _guard = new(new CredentialDetector(), new InjectionDetector(), redactInjection: false);
    private string _text = "";

    /// <summary>Every text there is.</summary>
    public static IEnumerable<string> Texts => ScanTexts.Hostile.Keys.Prepend(Ordinary);

    /// <summary>Which text.</summary>
    [ParamsSource(nameof(Texts))]
    public string Text { get; set; } = Ordinary;

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Prepare() => _text = Text == Ordinary ? ScanTexts.OrdinaryLog(Length) : ScanTexts.Hostile[Text](Length);

    /// <summary>Cleans it.</summary>
    [Benchmark]
    public int Scan() => _guard.Clean(_text, new GuardrailFindings()).Length;
}
