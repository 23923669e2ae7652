using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Planning.Objects;

public sealed class ObjectFingerprintTests
{
    [Theory]
    [InlineData("""{"status":{"readyReplicas":2}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"9","generation":4,"uid":"u","creationTimestamp":"2026-01-01T00:00:00Z","selfLink":"/x"}}""")]
    [InlineData("""{"metadata":{"managedFields":[{"manager":"kubectl"}]}}""")]
    [InlineData("""{"metadata":{"annotations":{"deployment.kubernetes.io/revision":"7"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}}}""")]
    [InlineData("""{"spec":{"template":{"metadata":{"creationTimestamp":null}}}}""")]
    public void Bookkeeping_of_the_cluster_does_not_change_it(string patch) => Of(patch).ShouldBe(Of("{}"));

    [Theory]
    [InlineData("""{"spec":{"replicas":7}}""")]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"owner":"x"}}}""")]
    [InlineData("""{"metadata":{"finalizers":["x/y"]}}""")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"x"}}}}}""")]
    public void Intent_changes_it(string patch) => Of(patch).ShouldNotBe(Of("{}"));

    [Fact]
    public void It_does_not_depend_on_the_order_of_members()
    {
        var one = Workloads.Parse("""{"kind":"Service","spec":{"a":1,"b":2}}""");
        var two = Workloads.Parse("""{"spec":{"b":2.0,"a":1},"kind":"Service"}""");

        ObjectFingerprint.Of(one).ShouldBe(ObjectFingerprint.Of(two));
    }

    [Fact]
    public void Addresses_that_the_server_draws_belong_to_no_plan()
    {
        var sent = Workloads.Parse("""{"kind":"Service","spec":{"type":"NodePort","ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP","nodePort":30081}]}}""");
        var result = Workloads.Parse("""{"kind":"Service","spec":{"type":"NodePort","clusterIP":"10.0.0.7","ports":[{"port":80,"protocol":"TCP","nodePort":31234},{"port":81,"protocol":"TCP","nodePort":30081}]}}""");

        ServerAssigned.RemoveFrom(result, live: null, sent);

        result["spec"]!.ToJsonString().ShouldBe("""{"type":"NodePort","ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP","nodePort":30081}]}""");
    }

    [Fact]
    public void A_headless_service_keeps_its_answer()
    {
        var result = Workloads.Parse("""{"kind":"Service","spec":{"clusterIP":"None","clusterIPs":["None"]}}""");

        ServerAssigned.RemoveFrom(result, live: null, Workloads.Parse("""{"spec":{"clusterIP":"None"}}"""));

        result["spec"]!.AsObject().Count.ShouldBe(2);
    }

    private static string Of(string patch)
    {
        var found = Workloads.Deployment("ns", "web", "registry.local/web:1");
        Merge(found, Workloads.Parse(patch));
        return ObjectFingerprint.Of(ObjectNoise.Remove(found));
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject inner && target[key] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }
}
