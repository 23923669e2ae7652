using System.Diagnostics;
using System.Text;
using InfraGate.Bench.Load;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Scaling;

/// <summary>Times single calls, one after the other.</summary>
internal static class Timing
{
    /// <summary>The median of some timings in milliseconds, after one that does not count.</summary>
    public static async Task<double> MedianAsync(int samples, Func<Task<TimeSpan>> time)
    {
        await time();
        var all = new List<double>();
        for (var i = 0; i < samples; i++)
            all.Add((await time()).TotalMilliseconds);
        return new Latencies(all).At(0.5);
    }

    /// <summary>How long one tool call takes.</summary>
    /// <exception cref="BenchException">It was answered with an error.</exception>
    public static async Task<TimeSpan> CallAsync(McpConnection session, string tool, string arguments)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await session.CallAsync(tool, arguments);
        var took = Stopwatch.GetElapsedTime(start);
        return answer.IsSuccess ? took : throw new BenchException($"{tool} answered {answer.Status}: {Encoding.UTF8.GetString(answer.Payload.Span)}");
    }
}
