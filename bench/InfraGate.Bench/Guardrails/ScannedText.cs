using System.Diagnostics;
using InfraGate.McpGateway.Guardrails;

namespace InfraGate.Bench.Guardrails;

/// <summary>A text and the least time that the guardrail took to read it: what disturbs a run only ever makes it slower.</summary>
internal sealed class ScannedText(string name, string text)
{
    private TimeSpan _fastest = TimeSpan.MaxValue;

    /// <summary>What kind of text it is.</summary>
    public string Name => name;

    /// <summary>The cost of one character.</summary>
    public double SecondsPerCharacter => _fastest.TotalSeconds / text.Length;

    /// <summary>10^6 characters a second, which are as many bytes where the text is ASCII.</summary>
    public double MegabytesPerSecond => 1 / SecondsPerCharacter / 1e6;

    /// <summary>Reads it again and again for a while.</summary>
    public void Scan(TextGuard guard, TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        do
        {
            var start = Stopwatch.GetTimestamp();
            guard.Clean(text, new GuardrailFindings());
            var taken = Stopwatch.GetElapsedTime(start);
            _fastest = taken < _fastest ? taken : _fastest;
        }
        while (Stopwatch.GetElapsedTime(begun) < duration);
    }
}
