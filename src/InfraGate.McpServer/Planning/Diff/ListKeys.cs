using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Diff;

/// <summary>
/// Which lists are maps by a key, as the <c>x-kubernetes-list-map-keys</c> and <c>patchMergeKey</c> of the Kubernetes API say. Items of other lists are known
/// by their place.
/// </summary>
internal static class ListKeys
{
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["ephemeralContainers"] = ["name"],
        ["env"] = ["name"],
        ["volumes"] = ["name"],
        ["imagePullSecrets"] = ["name"],
        ["volumeMounts"] = ["mountPath"],
        ["volumeDevices"] = ["devicePath"],
        ["hostAliases"] = ["ip"],
        ["topologySpreadConstraints"] = ["topologyKey", "whenUnsatisfiable"],
        ["resourceClaims"] = ["name"],
        ["ownerReferences"] = ["uid"],
    };

    private static readonly string[] ContainerPort = ["containerPort", "protocol"];
    private static readonly string[] ServicePort = ["port", "protocol"];

    /// <summary>
    /// The items of a list by key, in order; null when the list has no key, an item lacks it or two items share it.
    /// </summary>
    public static IReadOnlyList<(string Key, JsonObject Item)>? Read(string field, JsonArray list)
    {
        if (KeysOf(field, list) is not { } keys)
        {
            return null;
        }

        var items = new List<(string, JsonObject)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list)
        {
            if (node is not JsonObject item || KeyOf(item, keys) is not { } key || !seen.Add(key))
            {
                return null;
            }

            items.Add((key, item));
        }

        return items;
    }

    private static string[]? KeysOf(string field, JsonArray list)
    {
        if (field != "ports")
        {
            return Keys.GetValueOrDefault(field);
        }

        return list.OfType<JsonObject>().Any(port => port.ContainsKey("containerPort")) ? ContainerPort : ServicePort;
    }

    private static string? KeyOf(JsonObject item, string[] keys)
    {
        var parts = new List<string>(keys.Length);
        foreach (var key in keys)
        {
            var value = item[key] is JsonValue scalar ? scalar.ToString() : null;
            if (value is null && key != "protocol")
            {
                return null;
            }

            parts.Add($"{key}={value ?? "TCP"}");
        }

        return string.Join(',', parts);
    }
}
