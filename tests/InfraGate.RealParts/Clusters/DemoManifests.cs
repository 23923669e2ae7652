using System.Text.Json.Nodes;
using InfraGate.RealParts.Files;
using YamlDotNet.Serialization;

namespace InfraGate.RealParts.Clusters;

/// <summary>
/// The objects of the repository's <c>.kube/</c>, as shipped: the namespace, InfraGate's least-privilege RBAC, the demo workload.
/// Tests use the shipped files themselves, so that a right that is missing there is found here.
/// </summary>
public sealed class DemoManifests
{
    private static readonly string[] Order = ["Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "Service"];
    private static readonly string[] Workload = ["ConfigMap", "Service", "Deployment"];
    private static readonly string[] Rights = ["Role", "RoleBinding"];

    private readonly IReadOnlyList<JsonObject> _objects;

    private DemoManifests(IReadOnlyList<JsonObject> objects) => _objects = objects;

    /// <summary>Everything, in an order in which it can be applied.</summary>
    public IReadOnlyList<JsonObject> All => [.. _objects.Select(Copy)];

    /// <summary>The name of InfraGate's service account in the demo namespace.</summary>
    public string ServiceAccount => (string)_objects.Single(item => Kind(item) == "ServiceAccount")["metadata"]!["name"]!;

    public static DemoManifests Load()
    {
        var files = Directory.GetFiles(RepositoryFolders.InRepository(".kube"), "*.yaml").Order(StringComparer.Ordinal);
        var objects = files.SelectMany(file => Parse(File.ReadAllText(file)));
        return new DemoManifests([.. objects.OrderBy(item => Array.IndexOf(Order, Kind(item)) is var place and >= 0 ? place : Order.Length)]);
    }

    /// <summary>Parses YAML documents as the tests need them: plain scalars become numbers and booleans as in YAML 1.2's core schema.</summary>
    public static IReadOnlyList<JsonObject> Parse(string yaml)
    {
        var deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var serializer = new SerializerBuilder().JsonCompatible().Build();
        var parser = new YamlDotNet.Core.Parser(new StringReader(yaml));
        var objects = new List<JsonObject>();
        parser.MoveNext();
        while (parser.MoveNext() && parser.Current is not YamlDotNet.Core.Events.StreamEnd)
        {
            if (deserializer.Deserialize<object?>(parser) is { } document)
                objects.Add(JsonNode.Parse(serializer.Serialize(document))!.AsObject());
        }
        return objects;
    }

    /// <summary>ConfigMap, Service and Deployment of the demo, moved to another namespace.</summary>
    public IReadOnlyList<JsonObject> WorkloadFor(string @namespace) => MovedTo(@namespace, Workload);

    /// <summary>Role and RoleBinding moved to another namespace; they still bind the service account of the demo namespace.</summary>
    public IReadOnlyList<JsonObject> RightsFor(string @namespace) => MovedTo(@namespace, Rights);

    private JsonObject[] MovedTo(string @namespace, string[] kinds) =>
    [
        .. _objects.Where(item => kinds.Contains(Kind(item))).Select(item =>
        {
            var copy = Copy(item);
            copy["metadata"]!["namespace"] = @namespace;
            return copy;
        }),
    ];

    private static string Kind(JsonObject item) => (string)item["kind"]!;

    private static JsonObject Copy(JsonObject item) => item.DeepClone().AsObject();
}
