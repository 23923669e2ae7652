using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using InfraGate.McpServer.Planning.Diff;

namespace InfraGate.MicroBench;

/// <summary>The field-level difference between two Deployments of which one line differs.</summary>
[MemoryDiagnoser]
public class DiffBenchmarks
{
    private JsonObject _before = [];
    private JsonObject _after = [];

    /// <summary>How many environment variables each has.</summary>
    [Params(10, 1_000)]
    public int Variables { get; set; }

    /// <summary>Makes both.</summary>
    [GlobalSetup]
    public void Prepare() => (_before, _after) = (Manifests.Deployment(Variables, "1.4.2"), Manifests.Deployment(Variables, "1.5.0"));

    /// <summary>Compares them.</summary>
    [Benchmark]
    public int Compare() => ObjectDiff.Compare(_before, _after).Count;
}
