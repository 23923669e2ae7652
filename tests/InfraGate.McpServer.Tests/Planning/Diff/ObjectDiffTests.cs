using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;

namespace InfraGate.McpServer.Tests.Planning.Diff;

public sealed class ObjectDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "")]
    [InlineData("""{"a":null}""", """{}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "~a")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "~a")]
    [InlineData("""{}""", """{"a":{"b":1,"c":[1,2]}}""", "+a.b +a.c[0] +a.c[1]")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", "-a.b")]
    [InlineData("""{"a":{}}""", """{}""", "-a")]
    [InlineData("""{"a":{"b":1}}""", """{"a":7}""", "~a")]
    [InlineData("""{"metadata":{"annotations":{"example.com/owner":"x"}}}""", """{}""", "-metadata.annotations[\"example.com/owner\"]")]
    [InlineData("""{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}""", """{"containers":[{"name":"a","image":"2"},{"name":"b","image":"1"}]}""", "~containers[name=a].image")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"containers":[{"name":"b"},{"name":"a"}]}""", "+containers[name=b].name")]
    [InlineData("""{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}""", """{"env":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}""", "~env[order]")]
    [InlineData("""{"env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}""", """{"env":[{"name":"A","value":"2"},{"name":"A","value":"2"}]}""", "~env[0].value")]
    [InlineData("""{"ports":[{"containerPort":80},{"containerPort":80,"protocol":"UDP"}]}""", """{"ports":[{"containerPort":80,"name":"x"},{"containerPort":80,"protocol":"UDP"}]}""", "+ports[containerPort=80,protocol=TCP].name")]
    [InlineData("""{"ports":[{"port":80,"targetPort":1}]}""", """{"ports":[{"port":80,"targetPort":2},{"port":81}]}""", "+ports[port=81,protocol=TCP].port ~ports[port=80,protocol=TCP].targetPort")]
    [InlineData("""{"volumeMounts":[{"mountPath":"/a","name":"x"}]}""", """{"volumeMounts":[{"mountPath":"/a","name":"y"}]}""", "~volumeMounts[mountPath=/a].name")]
    [InlineData("""{"args":["a","b"]}""", """{"args":["b","a"]}""", "~args[0] ~args[1]")]
    public void Every_leaf_that_differs_is_reported_once_by_its_path(string before, string after, string expected)
    {
        var changes = ObjectDiff.Compare(Workloads.Parse(before), Workloads.Parse(after));

        string Sign(FieldChangeKind kind) => kind switch { FieldChangeKind.Added => "+", FieldChangeKind.Removed => "-", _ => "~" };
        changes.Select(change => Sign(change.Kind) + change.Path).Order(StringComparer.Ordinal).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        changes.Select(change => change.Path).ShouldBe(changes.Select(change => change.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_object_that_appears_or_goes_is_all_its_leaves()
    {
        var found = Workloads.Deployment("ns", "web", "registry.local/web:1");

        var added = ObjectDiff.Compare(null, found);
        added.ShouldAllBe(change => change.Kind == FieldChangeKind.Added);
        ObjectDiff.Compare(found, null).Select(change => change.Path).ShouldBe(added.Select(change => change.Path));
        ObjectDiff.Compare(found, found.DeepClone().AsObject()).ShouldBeEmpty();
    }
}
