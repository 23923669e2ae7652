using InfraGate.RealParts.Browser;

namespace InfraGate.Bench.Pages;

/// <summary>One visit to a page.</summary>
/// <param name="IsFirst">Whether it was the first to a plan since the gateway's start.</param>
/// <param name="Times">How soon the page was there.</param>
internal sealed record Visit(bool IsFirst, PaintTimes Times)
{
    /// <inheritdoc />
    public override string ToString() => $"{(IsFirst ? "first" : "later")} visit: {Times}";
}
