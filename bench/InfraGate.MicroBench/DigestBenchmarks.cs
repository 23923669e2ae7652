using System.Text;
using BenchmarkDotNet.Attributes;
using InfraGate.Plans.Sealing;

namespace InfraGate.MicroBench;

/// <summary>The canonical JSON (RFC 8785) of a document and the digest over it: done whenever a plan is made or read.</summary>
[MemoryDiagnoser]
public class DigestBenchmarks
{
    private byte[] _json = [];

    /// <summary>How many environment variables the document has.</summary>
    [Params(10, 1_000)]
    public int Variables { get; set; }

    /// <summary>Makes the document.</summary>
    [GlobalSetup]
    public void Prepare() => _json = Encoding.UTF8.GetBytes(Manifests.Deployment(Variables, "1.4.2").ToJsonString());

    /// <summary>Only the canonical form.</summary>
    [Benchmark]
    public byte[] CanonicalForm() => CanonicalJson.Encode(_json);

    /// <summary>The canonical form and its digest.</summary>
    [Benchmark]
    public PlanDigest Digest() => PlanDigest.Of(CanonicalJson.Encode(_json));
}
