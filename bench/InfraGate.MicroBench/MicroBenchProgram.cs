using BenchmarkDotNet.Running;

namespace InfraGate.MicroBench;

/// <summary>Micro-benchmarks of what every plan and every answer goes through. Without arguments it asks which to run; <c>--filter '*'</c> runs all.</summary>
internal static class MicroBenchProgram
{
    private static void Main(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(MicroBenchProgram).Assembly).Run(arguments);
}
