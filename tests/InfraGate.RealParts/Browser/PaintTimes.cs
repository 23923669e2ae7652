using Microsoft.Playwright;

namespace InfraGate.RealParts.Browser;

/// <summary>How soon a page was there, in milliseconds from the click (<see href="https://www.w3.org/TR/navigation-timing-2/"/>, <see href="https://www.w3.org/TR/paint-timing/"/>).</summary>
/// <param name="AnswerBegins">To the first byte of the answer.</param>
/// <param name="AnswerEnds">To the last.</param>
/// <param name="Paint">To the first contentful paint.</param>
public sealed record PaintTimes(double AnswerBegins, double AnswerEnds, double Paint)
{
    /// <summary>Asks the page that is open; waits for its paint.</summary>
    public static async Task<PaintTimes> ReadAsync(IPage page)
    {
        var times = await page.EvaluateAsync<double[]>("""
            new Promise(resolve => new PerformanceObserver(list => {
              // The first paint may be told before the one that has content.
              const paint = list.getEntriesByName("first-contentful-paint")[0];
              if (!paint) return;
              const answer = performance.getEntriesByType("navigation")[0];
              resolve([answer.responseStart, answer.responseEnd, paint.startTime]);
            }).observe({ type: "paint", buffered: true }))
            """);
        return new PaintTimes(times[0], times[1], times[2]);
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"answer {AnswerBegins:0} to {AnswerEnds:0} ms, paint {Paint:0} ms");
}
