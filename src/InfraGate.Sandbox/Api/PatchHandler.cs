using System.Text.Json.Nodes;
using InfraGate.Sandbox.Apply;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Patch;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers patch in its four kinds; server-side apply may create.</summary>
internal sealed class PatchHandler(ObjectStore store, ObjectRegistry registry, FieldManager fieldManager, Authorizer authorizer)
{
    private const string ApplyMedia = "application/apply-patch+yaml";

    public async Task PatchAsync(ApiRequest request)
    {
        var media = request.Http.Request.ContentType?.Split(';')[0].Trim() ?? string.Empty;
        var body = await RequestBody.ReadAsync(request.Http.Request, request.Cancelled);
        CheckOptions(request, media == ApplyMedia);
        if (media == ApplyMedia)
        {
            await ApplyAsync(request, body);
            return;
        }

        if (store.Find(request.Resource.Type, request.Namespace ?? string.Empty, request.Name!) is null)
        {
            throw KubernetesError.NotFound(request.Resource, request.Name!);
        }

        var patch = Reader(media, body, request.Resource.Schema);
        var patched = registry.Modify(
            WriteHandler.Context(request),
            request.Name!,
            stored => request.Resource.ToStored(Retyped(request, patch(request.Resource.FromStored(stored)))));
        DeprecationWarnings.Report(request, patched);
        await Answer.BytesAsync(request.Http, 200, request.Resource.Bytes(patched));
    }

    /// <summary>A patch of a media type, ready to be put on objects of a schema.</summary>
    public static Func<JsonObject, JsonObject> Reader(string media, byte[] body, Schema.TypeSchema schema)
    {
        switch (media)
        {
            case "application/merge-patch+json":
                var merge = RequestBody.Parse(body);
                return target => (JsonObject)JsonMergePatch.Apply(target, merge)!;
            case "application/strategic-merge-patch+json":
                var strategic = RequestBody.Parse(body);
                return target => StrategicMergePatch.Apply(target, strategic, schema);
            case "application/json-patch+json":
                var operations = RequestBody.ParseNode(body) as JsonArray
                    ?? throw KubernetesError.BadRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
                return target => JsonPatch.Apply(target, operations) as JsonObject
                    ?? throw KubernetesError.BadRequest("the patched document is no object");
            default:
                throw KubernetesError.UnsupportedPatch();
        }
    }

    private static void CheckOptions(ApiRequest request, bool apply)
    {
        var mistakes = new List<FieldError>();
        if (apply && request.Query["fieldManager"].ToString().Length == 0)
        {
            mistakes.Add(FieldError.Required("fieldManager", "is required for apply patch"));
        }

        if (!apply && request.Query.ContainsKey("force"))
        {
            mistakes.Add(FieldError.Forbidden("force", "may not be specified for non-apply patch"));
        }

        if (mistakes.Count > 0)
        {
            throw KubernetesError.Invalid("meta.k8s.io", "PatchOptions", "PatchOptions.meta.k8s.io", string.Empty, mistakes);
        }
    }

    private static JsonObject Retyped(ApiRequest request, JsonObject patched)
    {
        patched["apiVersion"] = request.Resource.ApiVersion;
        patched["kind"] = request.Resource.Type.Kind;
        return RequestBody.Typed(request, patched);
    }

    private async Task ApplyAsync(ApiRequest request, byte[] body)
    {
        var applied = ReadConfiguration(request, body);
        var context = WriteHandler.Context(request);
        var identity = registry.Identity(context, ManagedFieldsEntry.Apply);
        var schema = request.Resource.Type.Schema;
        while (true)
        {
            if (store.Find(request.Resource.Type, context.Namespace, request.Name!) is not null)
            {
                var updated = registry.Modify(
                    context,
                    request.Name!,
                    live => fieldManager.Apply(live, applied, schema, identity, request.Force),
                    ownersKnown: true);
                DeprecationWarnings.Report(request, updated);
                await Answer.BytesAsync(request.Http, 200, request.Resource.Bytes(updated));
                return;
            }

            if (await TryCreateAsync(request, context, applied, identity))
            {
                return;
            }
        }
    }

    private async Task<bool> TryCreateAsync(ApiRequest request, WriteContext context, JsonObject applied, ManagedFieldsEntry identity)
    {
        authorizer.Require(request, "create");
        if (request.Subresource is not null)
        {
            throw KubernetesError.NotFound(request.Resource, request.Name!);
        }

        if (applied.Text("metadata", "uid") is { Length: > 0 } uid)
        {
            throw KubernetesError.Conflict(
                request.Resource,
                request.Name!,
                $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        var value = fieldManager.Apply(live: null, applied, request.Resource.Type.Schema, identity, force: true);
        try
        {
            var created = registry.Create(context, value, ownersKnown: true);
            DeprecationWarnings.Report(request, created);
            await Answer.BytesAsync(request.Http, 201, request.Resource.Bytes(created));
            return true;
        }
        catch (KubernetesError error) when (error.Reason == "AlreadyExists")
        {
            return false;
        }
    }

    private static JsonObject ReadConfiguration(ApiRequest request, byte[] body)
    {
        ServedResource resource = request.Resource;
        var applied = RequestBody.Parse(body);
        var apiVersion = applied.Text("apiVersion");
        var kind = applied.Text("kind");
        if (apiVersion is null || kind is null)
        {
            throw KubernetesError.BadRequest($"error decoding YAML: Object '{(kind is null ? "Kind" : "apiVersion")}' is missing in '{JsonText.Text(applied)}'");
        }

        if (apiVersion != resource.ApiVersion || kind != resource.Type.Kind)
        {
            throw KubernetesError.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {apiVersion}, expected: {resource.ApiVersion}");
        }

        if (applied.Object("metadata")?["managedFields"] is not null)
        {
            throw KubernetesError.BadRequest("metadata.managedFields must be nil");
        }

        var violations = TypedValidator.Violations(applied, resource.Schema);
        if (request.Http.Items[FieldValidation.MinorVersion] is 20)
        {
            violations.AddRange(LegacyServicePorts.Violations(applied));
        }

        if (violations.Count > 0)
        {
            throw KubernetesError.Unclassified("failed to create typed patch object: " + (violations.Count == 1
                ? violations[0]
                : "errors:\n" + string.Join('\n', violations.Select(violation => "  " + violation))));
        }

        var metadata = applied.Ensure("metadata");
        metadata.Default("name", request.Name!);
        if (request.Namespace is not null)
        {
            metadata.Default("namespace", request.Namespace);
        }

        return resource.ToStored(applied);
    }
}
