using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans.Sealing;

namespace InfraGate.McpServer.Planning;

/// <summary>Tells whether two calls ask for the same thing: tool, cluster, namespace, arguments and manifest, byte for byte.</summary>
internal static class PlanRequestKey
{
    public static string Of(string cluster, string @namespace, RequestedOperation operation)
    {
        var text = CanonicalJson.ToText(new JsonObject
        {
            ["arguments"] = operation.Arguments.DeepClone(),
            ["cluster"] = cluster,
            ["manifest"] = operation.Manifest is { } manifest ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest.Text))) : null,
            ["namespace"] = @namespace,
            ["tool"] = operation.Tool,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
