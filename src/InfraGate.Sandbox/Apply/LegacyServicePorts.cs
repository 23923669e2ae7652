using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Apply;

/// <summary>
/// In Kubernetes 1.20 the schema has no default for the protocol of a Service's port, although it is one of the list's keys: applying a
/// port without protocol fails. Later versions know TCP.
/// </summary>
internal static class LegacyServicePorts
{
    public static IEnumerable<string> Violations(JsonObject applied) => applied.Text("kind") != "Service"
        ? []
        : applied.Items("spec", "ports")
            .Select((port, index) => (port, index))
            .Where(item => item.port["protocol"] is null)
            .Select(item => $".spec.ports: element {item.index}: associative list with keys has an element that omits key field \"protocol\" (and doesn't have default value)");
}
