using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Schema;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers the scale subresource of Deployments and ReplicaSets (autoscaling/v1 Scale).</summary>
internal sealed class ScaleHandler(ObjectStore store, ObjectRegistry registry)
{
    public async Task HandleAsync(ApiRequest request)
    {
        switch (request.Method)
        {
            case "GET":
                var found = store.Find(request.Resource.Type, request.Namespace!, request.Name!) ?? throw KubernetesError.NotFound(request.Resource, request.Name!);
                await Answer.JsonAsync(request.Http, 200, ToScale(found.Parse()));
                break;
            case "PUT":
                var replacement = RequestBody.Parse(await RequestBody.ReadAsync(request.Http.Request, request.Cancelled));
                await WriteAsync(request, _ => replacement);
                break;
            case "PATCH":
                var media = request.Http.Request.ContentType?.Split(';')[0].Trim() ?? string.Empty;
                var body = await RequestBody.ReadAsync(request.Http.Request, request.Cancelled);
                // A Scale has no lists, so that applying one is merging it.
                var kind = media == "application/apply-patch+yaml" ? "application/merge-patch+json" : media;
                await WriteAsync(request, PatchHandler.Reader(kind, body, KubernetesSchema.Get("autoscaling.v1.Scale")));
                break;
            default:
                throw KubernetesError.MethodNotAllowed();
        }
    }

    private static JsonObject ToScale(JsonObject workload)
    {
        var metadata = new JsonObject();
        foreach (var name in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            metadata.Put(name, workload["metadata"]![name]);
        }

        var selector = workload.Map("spec", "selector", "matchLabels").OrderBy(pair => pair.Key, StringComparer.Ordinal);
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = workload.Integer("spec", "replicas") ?? 0 },
            ["status"] = new JsonObject
            {
                ["replicas"] = workload.Integer("status", "replicas") ?? 0,
                ["selector"] = string.Join(',', selector.Select(pair => $"{pair.Key}={pair.Value}")),
            },
        };
    }

    private async Task WriteAsync(ApiRequest request, Func<JsonObject, JsonObject> change)
    {
        var context = WriteHandler.Context(request);
        var updated = registry.Modify(context, request.Name!, workload =>
        {
            var scale = change(ToScale(workload));
            Check(request, scale);
            var metadata = workload.Ensure("metadata");
            metadata.Put("resourceVersion", scale.Object("metadata")?["resourceVersion"]);
            metadata.Put("uid", scale.Object("metadata")?["uid"] ?? metadata["uid"]);
            workload.Ensure("spec")["replicas"] = scale.Integer("spec", "replicas") ?? 0;
            return workload;
        });
        await Answer.JsonAsync(request.Http, 200, ToScale(updated.Parse()));
    }

    private static void Check(ApiRequest request, JsonObject scale)
    {
        var decoded = SchemaDecoder.Decode((JsonObject)scale.DeepClone(), KubernetesSchema.Get("autoscaling.v1.Scale"));
        if (decoded.Mistakes.Count > 0)
        {
            throw KubernetesError.BadRequest("Scale in version \"v1\" cannot be handled as a Scale: " + string.Join("; ", decoded.Mistakes));
        }

        if (scale.Integer("spec", "replicas") is < 0)
        {
            throw KubernetesError.Invalid(
                "autoscaling", "Scale", "Scale.autoscaling", request.Name!,
                [FieldError.Invalid("spec.replicas", scale["spec"]!["replicas"], "must be greater than or equal to 0")]);
        }
    }
}
