using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Selectors;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers create, update, delete and deletecollection.</summary>
internal sealed class WriteHandler(ObjectStore store, ObjectRegistry registry, ObjectDeleter deleter)
{
    public async Task CreateAsync(ApiRequest request)
    {
        var value = await RequestBody.ReadObjectAsync(request);
        var created = registry.Create(Context(request), request.Resource.ToStored(value));
        DeprecationWarnings.Report(request, created);
        await Answer.BytesAsync(request.Http, 201, request.Resource.Bytes(created));
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var value = request.Resource.ToStored(await RequestBody.ReadObjectAsync(request));
        var updated = registry.Modify(Context(request) with { UidIsPrecondition = true }, request.Name!, _ => (JsonObject)value.DeepClone());
        DeprecationWarnings.Report(request, updated);
        await Answer.BytesAsync(request.Http, 200, request.Resource.Bytes(updated));
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var outcome = deleter.Delete(request.Resource, request.Namespace ?? string.Empty, request.Name!, options);
        if (outcome.Removed && !request.Resource.Type.GracefulDeletion)
        {
            await Answer.DeletedAsync(request.Http, request.Resource, request.Name!, outcome.Object.Uid);
        }
        else
        {
            await Answer.BytesAsync(request.Http, 200, request.Resource.Bytes(outcome.Object));
        }
    }

    public async Task DeleteCollectionAsync(ApiRequest request)
    {
        var options = await DeleteOptions.ReadAsync(request) with { Uid = null, ResourceVersion = null };
        var filter = ObjectFilter.Parse(request);
        var chosen = store.Snapshot(request.Resource.Type).In(request.Namespace).Where(filter.Matches).ToList();
        foreach (var item in chosen.Where(item => store.Find(item.Key) is not null))
        {
            deleter.Delete(request.Resource, item.Key.Namespace, item.Key.Name, options);
        }

        var items = new JsonArray([.. chosen.Select(item => JsonText.Node(request.Resource.ItemBytes(item)))]);
        await Answer.JsonAsync(request.Http, 200, new JsonObject
        {
            ["kind"] = request.Resource.Type.Kind + "List",
            ["apiVersion"] = request.Resource.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Revision.ToString() },
            ["items"] = items,
        });
    }

    /// <summary>How a request's write is recorded.</summary>
    public static WriteContext Context(ApiRequest request) => new(request.Resource, request.Namespace ?? string.Empty, Manager(request))
    {
        DryRun = request.DryRun,
        Subresource = request.Subresource,
    };

    private static string Manager(ApiRequest request)
    {
        var manager = request.FieldManager;
        return manager.Length <= 128
            ? manager
            : throw KubernetesError.BadRequest("fieldManager: Invalid value: may not be longer than 128");
    }
}
