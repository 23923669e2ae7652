using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Masking;

/// <summary>What is hidden in an object stays hidden in the copy of it that a tool keeps in an annotation.</summary>
public abstract class MaskingScenarios(IClusterUnderTest cluster)
{
    private const string Value = "good-morning-everybody";

    [Theory]
    [InlineData("request_apply_manifest")]
    [InlineData("request_delete_manifest")]
    public async Task A_config_maps_value_shows_neither_in_a_read_nor_in_a_plans_answer_nor_on_its_page(string tool)
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await cluster.Admin.ApplyAsync(MapThatKappApplied(bench.Namespace));

        var read = await bench.CallAsync("get_k8s_resource", bench.In(("kind", "ConfigMap"), ("name", "copied")));
        var answer = await bench.CallAsync(tool, bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: copied, labels: {team: a}}\n")));
        var plan = (await bench.Store.FindAsync(PlanId.Parse(answer.StructuredContent!.Value.GetProperty("planId").GetString()!)))!;

        foreach (var result in new[] { read, answer })
        {
            ServerUnderTest.Text(result).ShouldNotContain(Value);
            result.StructuredContent!.Value.GetRawText().ShouldNotContain(Value);
        }

        var target = plan.Content.Targets.ShouldHaveSingleItem();
        target.Live.ShouldNotBeNull().ShouldContain(Value);
        $"{target.BeforeView} {target.AfterView} {target.Request.BodyView} {JsonSerializer.Serialize(target.Changes)}".ShouldNotContain(Value);
        target.BeforeView.ShouldNotBeNull().ShouldContain("kapp.k14s.io/original");
    }

    private static JsonObject MapThatKappApplied(string ns)
    {
        var map = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = "copied", ["namespace"] = ns },
            ["data"] = new JsonObject { ["greeting"] = Value },
        };
        var copy = map.ToJsonString();
        map["metadata"]!["annotations"] = new JsonObject { ["kapp.k14s.io/original"] = copy };
        return map;
    }
}
