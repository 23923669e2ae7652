using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;

namespace InfraGate.McpServer.Tests.Kubernetes;

public sealed class PatchBodyTests
{
    private static readonly Preconditions Both = new("uid-1", "42");

    [Theory]
    [InlineData("Apply")]
    [InlineData("Merge")]
    [InlineData("StrategicMerge")]
    public void Preconditions_of_an_object_go_into_its_metadata_and_leave_the_callers_patch_alone(string kind)
    {
        var patch = JsonNode.Parse("""{ "metadata": { "name": "web" }, "spec": {} }""")!;

        Body(Enum.Parse<PatchKind>(kind), patch, Both).ShouldBe("""{"metadata":{"name":"web","uid":"uid-1","resourceVersion":"42"},"spec":{}}""");
        patch["metadata"]!.AsObject().ContainsKey("uid").ShouldBeFalse();
    }

    [Fact]
    public void Preconditions_of_a_json_patch_are_tests_before_its_operations() =>
        Body(PatchKind.Json, JsonNode.Parse("""[ { "op": "remove", "path": "/spec" } ]""")!, Both).ShouldBe(
            """[{"op":"test","path":"/metadata/uid","value":"uid-1"},{"op":"test","path":"/metadata/resourceVersion","value":"42"},{"op":"remove","path":"/spec"}]""");

    [Fact]
    public void Without_preconditions_the_patch_is_sent_as_it_is() =>
        Body(PatchKind.Apply, JsonNode.Parse("""{ "kind": "Pod" }""")!, Preconditions.None).ShouldBe("""{"kind":"Pod"}""");

    private static string Body(PatchKind kind, JsonNode patch, Preconditions preconditions) => Encoding.UTF8.GetString(PatchBody.Write(kind, patch, preconditions));
}
