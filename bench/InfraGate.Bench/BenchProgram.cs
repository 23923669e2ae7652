using System.Diagnostics;
using InfraGate.Bench.Soak;

namespace InfraGate.Bench;

/// <summary>Measures InfraGate beside the peer and the API server, or lets it run under faults.</summary>
internal static class BenchProgram
{
    private const int NotUnderstood = 64;

    private static async Task<int> Main(string[] arguments)
    {
        if (BenchOptions.Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            return NotUnderstood;
        }
        var started = Stopwatch.GetTimestamp();
        void Say(string text) => Console.WriteLine($"[{Stopwatch.GetElapsedTime(started):hh\\:mm\\:ss}] {text}");
        return options.Command == "soak" ? await new SoakCommand(options, Say).RunAsync() : await new MeasureCommand(options, Say).RunAsync();
    }
}
