using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>The <c>Warning</c> headers that API servers of 1.23 and later send for what Pods and their templates still say in an old way.</summary>
internal static class DeprecationWarnings
{
    private const int Since = 23;

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    };

    /// <summary>Warns of an object that was written, or would be.</summary>
    public static void Report(ApiRequest request, StoredObject written)
    {
        if (request.Http.Items[FieldValidation.MinorVersion] is not int minor || minor < Since)
        {
            return;
        }

        var value = written.Parse();
        var (path, spec) = request.Resource.Type.Kind switch
        {
            "Pod" => ("spec", value.Object("spec")),
            "Deployment" or "ReplicaSet" => ("spec.template.spec", value.Object("spec", "template", "spec")),
            _ => (string.Empty, null),
        };
        foreach (var label in (spec.Object("nodeSelector") ?? []).Select(pair => pair.Key).Where(Labels.ContainsKey))
        {
            var text = $"{path}.nodeSelector[{label}]: {Labels[label]}";
            request.Http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
    }
}
