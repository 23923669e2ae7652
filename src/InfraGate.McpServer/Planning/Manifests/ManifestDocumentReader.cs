using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>Reads the envelope of one object (type, name, namespace) and refuses what no manifest may carry.</summary>
internal static partial class ManifestDocumentReader
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private static readonly string[] ServerFields = ["uid", "resourceVersion", "generation", "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static ManifestDocument Read(ManifestNode root, string @namespace)
    {
        if (root is not ManifestMap map)
        {
            throw new ManifestException($"an object is expected, not {root.Describe()}.", root.Position);
        }

        var kind = Kind(map);
        var metadata = map["metadata"] switch
        {
            ManifestMap found => found,
            null => throw new ManifestException("metadata.name is missing.", map.Position),
            var other => throw new ManifestException($"metadata must be a map, not {other.Describe()}.", other.Position),
        };
        var name = Name(metadata, kind);
        RefuseForeignNamespace(metadata, @namespace);
        RefuseServerFields(map, metadata);
        TextRules.Check(kind, map);
        return new ManifestDocument(kind, name, map, Body(map, @namespace));
    }

    private static ObjectKind Kind(ManifestMap map)
    {
        var apiVersion = RequiredText(map, "apiVersion", map.Position);
        var kind = RequiredText(map, "kind", map.Position);
        if (kind.Text == "List" || (kind.Text.EndsWith("List", StringComparison.Ordinal) && map["items"] is not null))
        {
            throw new ManifestException("lists are not accepted; write the objects as documents separated by '---'.", kind.Position, ManifestRefusal.UnsupportedKind);
        }

        return ObjectKind.Find(apiVersion.Text, kind.Text)
            ?? throw new ManifestException(
                $"{Shown(apiVersion.Text)} {Shown(kind.Text)} is not supported; plans can change {ObjectKind.Supported}.",
                kind.Position,
                ManifestRefusal.UnsupportedKind);
    }

    private static string Name(ManifestMap metadata, ObjectKind kind)
    {
        if (metadata.Find("generateName") is { } generated)
        {
            throw new ManifestException("generateName is not accepted: a plan names its objects. Write metadata.name.", generated.Key.Position);
        }

        var name = RequiredText(metadata, "name", metadata.Position, "metadata.name");
        var (pattern, longest, expectation) = kind == ObjectKind.Service
            ? (DnsLabel(), 63, "a DNS label: a-z, 0-9 and '-', starting with a letter, at most 63 characters")
            : (DnsSubdomain(), 253, "a DNS name: labels of a-z, 0-9 and '-', separated by dots, at most 253 characters");
        return name.Text.Length <= longest && pattern.IsMatch(name.Text)
            ? name.Text
            : throw new ManifestException($"'{Shown(name.Text)}' cannot name a {kind.Name}; it must be {expectation}.", name.Position);
    }

    private static void RefuseForeignNamespace(ManifestMap metadata, string @namespace)
    {
        switch (metadata["namespace"])
        {
            case null:
                return;
            case ManifestScalar { Type: ScalarType.Text } named when named.Text == @namespace:
                return;
            case ManifestScalar { Type: ScalarType.Text } foreign:
                throw new ManifestException($"metadata.namespace is '{Shown(foreign.Text)}' but the call names '{@namespace}'; leave it out or make them equal.", foreign.Position);
            case var other:
                throw new ManifestException($"metadata.namespace must be text, not {other.Describe()}.", other.Position);
        }
    }

    private static void RefuseServerFields(ManifestMap map, ManifestMap metadata)
    {
        if (ServerFields.Select(metadata.Find).FirstOrDefault(entry => entry is not null) is { } field)
        {
            throw new ManifestException($"metadata.{field.Key.Text} is set by the API server; remove it.", field.Key.Position);
        }

        if (metadata.Find("creationTimestamp") is { Value: not ManifestScalar { Type: ScalarType.Null } } created)
        {
            throw new ManifestException("metadata.creationTimestamp is set by the API server; remove it.", created.Key.Position);
        }

        if (map.Find("status") is { Value: not (ManifestMap { Entries.Count: 0 } or ManifestScalar { Type: ScalarType.Null }) } status)
        {
            throw new ManifestException("status is set by the API server; remove it.", status.Key.Position);
        }

        if ((metadata["annotations"] as ManifestMap)?.Find(LastApplied) is { } applied)
        {
            throw new ManifestException($"the annotation {LastApplied} is kubectl's own; remove it.", applied.Key.Position);
        }
    }

    private static JsonObject Body(ManifestMap map, string @namespace)
    {
        var body = map.ToJson().AsObject();
        body.Remove("status");
        var metadata = body["metadata"]!.AsObject();
        metadata.Remove("creationTimestamp");
        metadata["namespace"] = @namespace;
        FillProtocols(body);
        return body;
    }

    // The protocol is part of a port's identity. Its default is TCP everywhere, but API servers before 1.23 refuse a server-side apply that leaves it out.
    private static void FillProtocols(JsonObject body)
    {
        var containers = body.MapsAt("spec", "template", "spec", "containers").Concat(body.MapsAt("spec", "template", "spec", "initContainers"));
        foreach (var port in body.MapsAt("spec", "ports").Concat(containers.SelectMany(container => container.MapsAt("ports"))))
        {
            port.TryAdd("protocol", JsonValue.Create("TCP"));
        }
    }

    private static ManifestScalar RequiredText(ManifestMap map, string key, TextPosition position, string? label = null) => map[key] switch
    {
        ManifestScalar { Type: ScalarType.Text, Text.Length: > 0 } text => text,
        null or ManifestScalar { Text.Length: 0 } or ManifestScalar { Type: ScalarType.Null } => throw new ManifestException($"{label ?? key} is missing.", map[key]?.Position ?? position),
        var other => throw new ManifestException($"{label ?? key} must be text, not {other.Describe()}; quote it.", other.Position),
    };

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "...";

    [GeneratedRegex(@"^[a-z](?:[-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsSubdomain();
}
