using BenchmarkDotNet.Attributes;
using InfraGate.McpServer.Planning.Manifests;

namespace InfraGate.MicroBench;

/// <summary>The manifest parser on YAML of ordinary Deployments.</summary>
[MemoryDiagnoser]
public class ManifestBenchmarks
{
    private readonly ManifestParser _parser = new(TimeProvider.System);
    private string _yaml = "";

    /// <summary>How many documents the manifest has.</summary>
    [Params(1, 20)]
    public int Documents { get; set; }

    /// <summary>Makes the manifest.</summary>
    [GlobalSetup]
    public void Prepare() => _yaml = Manifests.Yaml(Documents);

    /// <summary>Parses it.</summary>
    [Benchmark]
    public int Parse() => _parser.Parse(_yaml, Manifests.Namespace).Documents.Count;
}
