using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Planning.Objects;

/// <summary>
/// Values that the API server draws when it writes a Service: addresses and node ports. A dry-run draws them too, but not the ones that the write will get,
/// so they belong to no plan until they exist.
/// </summary>
internal static class ServerAssigned
{
    private static readonly string[] SpecFields = ["clusterIP", "clusterIPs", "healthCheckNodePort"];

    /// <summary>Takes what the server drew out of a noise-free result: what is neither in <paramref name="live"/> nor in <paramref name="sent"/>.</summary>
    public static void RemoveFrom(JsonObject result, JsonObject? live, JsonObject? sent)
    {
        if (result["spec"] is not JsonObject spec || result["kind"].Text() != ObjectKind.Service.Name)
        {
            return;
        }

        foreach (var field in SpecFields)
        {
            if (spec.ContainsKey(field) && live.At("spec", field) is null && sent.At("spec", field) is null && !IsHeadless(spec, field))
            {
                spec.Remove(field);
            }
        }

        foreach (var port in spec.MapsAt("ports"))
        {
            if (port.ContainsKey("nodePort") && !HasNodePort(live, port) && !HasNodePort(sent, port))
            {
                port.Remove("nodePort");
            }
        }
    }

    /// <summary>A copy of a live object without what the server drew after <paramref name="planned"/> was sealed, for comparing the two.</summary>
    public static JsonObject ForComparison(JsonObject live, JsonObject planned)
    {
        var result = live.DeepClone().AsObject();
        RemoveFrom(result, planned, sent: null);
        return result;
    }

    private static bool IsHeadless(JsonObject spec, string field) => field is "clusterIP" or "clusterIPs" && spec.TextAt("clusterIP") == "None";

    private static bool HasNodePort(JsonObject? service, JsonObject port) =>
        service.MapsAt("spec", "ports").Any(other =>
            other.NumberAt("nodePort") is > 0 && other.NumberAt("port") == port.NumberAt("port") && Protocol(other) == Protocol(port));

    private static string Protocol(JsonObject port) => port.TextAt("protocol") ?? "TCP";
}
