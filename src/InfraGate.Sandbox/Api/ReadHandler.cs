using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Selectors;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers get and list.</summary>
internal sealed class ReadHandler(ObjectStore store, ContinuationStore continuations)
{
    private const string ExpiredToken =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.";

    public Task GetAsync(ApiRequest request)
    {
        var found = store.Find(request.Resource.Type, request.Namespace ?? string.Empty, request.Name!)
            ?? throw KubernetesError.NotFound(request.Resource, request.Name!);
        return Answer.BytesAsync(request.Http, 200, request.Resource.Bytes(found));
    }

    public async Task ListAsync(ApiRequest request)
    {
        var filter = ObjectFilter.Parse(request);
        var page = Page(request, filter);
        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        var metadata = new JsonObject { ["resourceVersion"] = page.Revision.ToString() };
        if (page.Token is not null)
        {
            metadata["continue"] = page.Token;
            if (filter.MatchesEverything)
            {
                metadata["remainingItemCount"] = page.Remaining;
            }
        }

        var head = $"{{\"kind\":\"{request.Resource.Type.Kind}List\",\"apiVersion\":\"{request.Resource.ApiVersion}\",\"metadata\":{JsonText.Text(metadata)},\"items\":[";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(head), request.Cancelled);
        for (var index = 0; index < page.Items.Count; index++)
        {
            if (index > 0)
            {
                await response.Body.WriteAsync(","u8.ToArray(), request.Cancelled);
            }

            await response.Body.WriteAsync(request.Resource.ItemBytes(page.Items[index]), request.Cancelled);
        }

        await response.Body.WriteAsync("]}\n"u8.ToArray(), request.Cancelled);
    }

    private ListPage Page(ApiRequest request, ObjectFilter filter)
    {
        var limit = request.Number("limit") ?? 0;
        if (limit < 0)
        {
            throw KubernetesError.BadRequest("limit must not be negative");
        }

        var snapshot = store.Consistent(request.Resource.Type);
        var candidates = snapshot.In(request.Namespace);
        if (request.Query["continue"].ToString() is { Length: > 0 } token)
        {
            if (request.Query["resourceVersion"].ToString() is { Length: > 0 } and not "0")
            {
                throw KubernetesError.BadRequest("specifying resource version is not allowed when using continue");
            }

            var rest = continuations.Resolve(request.Resource.Type, token)
                ?? throw KubernetesError.BadRequest("continue key is not valid: illegal base64 data or version");
            snapshot = rest.Snapshot ?? throw KubernetesError.Expired(ExpiredToken);
            candidates = snapshot.In(request.Namespace).SkipWhile(item => NotAfter(item, rest));
        }

        var items = new List<StoredObject>();
        string? next = null;
        long remaining = 0;
        foreach (var item in candidates)
        {
            if (limit > 0 && items.Count >= limit)
            {
                next ??= continuations.Issue(request.Resource.Type, snapshot, items[^1]);
                remaining++;
            }
            else if (filter.Matches(item))
            {
                items.Add(item);
            }
        }

        return new ListPage(snapshot.Revision, items, next, remaining);
    }

    private static bool NotAfter(StoredObject item, Continuation rest)
    {
        var order = string.CompareOrdinal(item.Key.Namespace, rest.Namespace);
        return order < 0 || (order == 0 && string.CompareOrdinal(item.Key.Name, rest.Name) <= 0);
    }

    private sealed record ListPage(long Revision, IReadOnlyList<StoredObject> Items, string? Token, long Remaining);
}
