using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Resources;

/// <summary>Stored as discovery.k8s.io/v1; v1beta1 says the node in <c>topology</c> instead of <c>nodeName</c> alone.</summary>
internal sealed class EndpointSliceConverter : IVersionConverter
{
    private const string HostName = "kubernetes.io/hostname";

    public JsonObject ToVersion(JsonObject stored, string version)
    {
        var result = (JsonObject)stored.DeepClone();
        result["apiVersion"] = "discovery.k8s.io/" + version;
        foreach (var endpoint in version == "v1beta1" ? result.Items("endpoints") : [])
        {
            if (endpoint.Text("nodeName") is { } node)
            {
                endpoint["topology"] = new JsonObject { [HostName] = node };
                endpoint.Remove("nodeName");
            }
        }

        return result;
    }

    public JsonObject ToStored(JsonObject served, string version)
    {
        var result = (JsonObject)served.DeepClone();
        result["apiVersion"] = "discovery.k8s.io/v1";
        foreach (var endpoint in result.Items("endpoints"))
        {
            if (endpoint.Text("topology", HostName) is { } node)
            {
                endpoint["nodeName"] = node;
            }

            endpoint.Remove("topology");
        }

        return result;
    }
}
