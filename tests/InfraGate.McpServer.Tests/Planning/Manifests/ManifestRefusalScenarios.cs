using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Manifests;

/// <summary>Every manifest that must be refused, through the tool and in front of a cluster: a code, a place, no plan and no write.</summary>
public abstract class ManifestRefusalScenarios(IClusterUnderTest cluster)
{
    private const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

    /// <summary>What only the whole way through shows: bounds, and fields that the cluster knows nothing of.</summary>
    public static TheoryData<string, string, string> Bounds => new()
    {
        { "more than 20 objects", string.Join("---\n", Enumerable.Range(0, 21).Select(i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a{i}\n")), "more than 20 objects" },
        { "more than 256 KiB in characters", Map + "data:\n  text: \"" + new string('x', 256 * 1024) + "\"\n", "at most 262144 characters" },
        { "more than 256 KiB in bytes", Map + "data:\n  text: \"" + new string('é', 131_100) + "\"\n", "larger than 256 KiB" },
        { "an alias bomb", Bomb(), "aliases" },
        { "an unknown field of a ConfigMap", Map + "dada:\n  a: b\n", "line 5, column 1" },
        { "an unknown field of a container", Deployment("imagePulPolicy: Always"), "line 12, column 9" },
        { "a number where a text belongs", Deployment("workingDir: [a]"), "workingDir" },
    };

    [Fact]
    public async Task What_the_parser_refuses_is_answered_with_its_code_and_place_and_leaves_nothing_behind()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("refused", withDemoWorkload: false));

        foreach (var row in ManifestParserTests.Refused.Select(row => (object[])[.. row]))
        {
            var (what, manifest, line, column, reason) = ((string)row[0], (string)row[1], (int)row[2], (int)row[3], (string)row[4]);
            var refusal = await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", manifest)));

            var isOfKind = reason.Contains("not supported", StringComparison.Ordinal) || reason.Contains("lists are not accepted", StringComparison.Ordinal) || reason == "apps/v1 Deployment";
            refusal.GetProperty("code").GetString().ShouldBe(isOfKind ? "unsupported_kind" : "invalid_argument", what);
            refusal.GetProperty("message").GetString()!.ShouldStartWith($"Line {line}, column {column}: ", customMessage: what);
            refusal.GetProperty("message").GetString()!.ShouldContain(reason.Replace("'shop'", $"'{bench.Namespace}'", StringComparison.Ordinal), customMessage: what);
        }

        await LeftNothingAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public async Task What_breaks_a_bound_or_the_schema_is_refused_and_leaves_nothing_behind(string what, string manifest, string reason)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("refused", withDemoWorkload: false));

        var refusal = await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", manifest)));

        refusal.GetProperty("code").GetString().ShouldBe("invalid_argument", what);
        refusal.GetProperty("message").GetString()!.ShouldContain(reason, customMessage: what);
        await LeftNothingAsync(bench);
    }

    private static async Task LeftNothingAsync(ChangeBench bench)
    {
        (await bench.Store.ListAsync(new PlanQuery())).Plans.ShouldBeEmpty();
        (await bench.WritesAsync()).ShouldBe(0);
    }

    private static string Bomb()
    {
        var lines = Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        return "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(lines);
    }

    private static string Deployment(string line) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec:\n  selector: {{matchLabels: {{app: a}}}}\n  template:\n    metadata: {{labels: {{app: a}}}}\n"
        + $"    spec:\n      containers:\n      - name: web\n        image: registry.local/web:1\n        {line}\n";
}
