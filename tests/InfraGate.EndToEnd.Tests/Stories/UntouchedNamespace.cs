using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>
/// The objects of a namespace that plans can be about, as the tests' own administrator reads them, and the writes that have reached it: both must be the
/// same afterwards.
/// </summary>
public sealed class UntouchedNamespace
{
    private static readonly string[] Moving = ["resourceVersion", "managedFields", "generation"];

    private readonly IClusterUnderTest _cluster;
    private readonly string _namespace;
    private string _objects = "";
    private int _writes;

    private UntouchedNamespace(IClusterUnderTest cluster, string @namespace)
    {
        _cluster = cluster;
        _namespace = @namespace;
    }

    public static async Task<UntouchedNamespace> RememberAsync(IClusterUnderTest cluster, string @namespace)
    {
        var untouched = new UntouchedNamespace(cluster, @namespace);
        (untouched._objects, untouched._writes) = (await untouched.ReadAsync(), await cluster.CountWritesAsync(@namespace));
        return untouched;
    }

    /// <summary>Fails when an object differs, or when a write reached the API server, even one that changed nothing.</summary>
    public async Task ShouldStillBeSoAsync()
    {
        (await ReadAsync()).ShouldBe(_objects);
        (await _cluster.CountWritesAsync(_namespace)).ShouldBe(_writes);
    }

    private async Task<string> ReadAsync()
    {
        var collections = new[] { KubePath.Deployments(_namespace), KubePath.Core(_namespace, "services"), KubePath.Core(_namespace, "configmaps") };
        var objects = new List<string>();
        foreach (var collection in collections)
            objects.AddRange((await _cluster.Admin.ListAsync(collection)).Select(Settled));
        return string.Join('\n', objects.Order(StringComparer.Ordinal));
    }

    // A status moves by itself, and with it what only counts versions; the deployment controller's own annotation appears with the first rollout.
    private static string Settled(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        copy.Remove("status");
        foreach (var name in Moving)
            copy["metadata"]!.AsObject().Remove(name);
        copy["metadata"]!["annotations"]?.AsObject().Remove("deployment.kubernetes.io/revision");
        if (copy["metadata"]!["annotations"] is JsonObject { Count: 0 })
            copy["metadata"]!.AsObject().Remove("annotations");
        return copy.ToJsonString();
    }
}
