using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.Plans;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>The two operations that a manifest describes.</summary>
internal static class ManifestOperations
{
    public const string ApplyTool = "request_apply_manifest";
    public const string DeleteTool = "request_delete_manifest";

    /// <summary>Server-side apply of every object, in the order of the manifest.</summary>
    public static RequestedOperation Apply(string @namespace, Manifest manifest)
    {
        var changes = manifest.Documents.Select(document => new RequestedChange(document.Kind, document.Name)
        {
            Patch = PatchKind.Apply,
            MayCreate = true,
            Document = document,
            Body = _ => document.Body.DeepClone().AsObject(),
            LikelyBody = document.Body,
        });
        return Of(PlanOperation.Apply, ApplyTool, @namespace, manifest, [.. changes]);
    }

    /// <summary>Deletion of every object, in the order of the manifest; only kind and name of each count.</summary>
    public static RequestedOperation Delete(string @namespace, Manifest manifest)
    {
        var changes = manifest.Documents.Select(document => new RequestedChange(document.Kind, document.Name) { Document = document });
        return Of(PlanOperation.Delete, DeleteTool, @namespace, manifest, [.. changes]);
    }

    private static RequestedOperation Of(PlanOperation operation, string tool, string @namespace, Manifest manifest, IReadOnlyList<RequestedChange> changes)
    {
        var arguments = new JsonObject { ["manifest"] = Fingerprint.Of(manifest.Text), ["namespace"] = @namespace };
        return new RequestedOperation(operation, tool, arguments, manifest, _ => changes);
    }
}
