namespace InfraGate.Bench.Pages;

/// <summary>One visit to a page, in milliseconds from the click.</summary>
/// <param name="IsFirst">Whether it was the first to a plan since the gateway's start.</param>
/// <param name="AnswerBegins">To the first byte of the answer.</param>
/// <param name="AnswerEnds">To the last.</param>
/// <param name="Paint">To the first contentful paint.</param>
internal sealed record Visit(bool IsFirst, double AnswerBegins, double AnswerEnds, double Paint)
{
    /// <inheritdoc />
    public override string ToString() => $"{(IsFirst ? "first" : "later")} visit: answer {AnswerBegins:0} to {AnswerEnds:0} ms, paint {Paint:0} ms";
}
