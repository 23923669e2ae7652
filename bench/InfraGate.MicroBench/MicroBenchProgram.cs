using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace InfraGate.MicroBench;

/// <summary>Micro-benchmarks of what every plan and every answer goes through. Without arguments it asks which to run; <c>--filter '*'</c> runs all.</summary>
internal static class MicroBenchProgram
{
    // In this process: the project that BenchmarkDotNet would generate and build inherits the repository's build rules, which its code does not keep.
    private static void Main(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(MicroBenchProgram).Assembly)
        .Run(arguments, DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)));
}
