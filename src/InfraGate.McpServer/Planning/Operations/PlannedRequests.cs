using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Sealing;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// Makes the request that a plan seals, and sends a sealed one: as a dry-run while planning and before applying, for good when applying. It is the same
/// request each time; only <c>dryRun</c> and the preconditions come on top.
/// </summary>
internal static class PlannedRequests
{
    private const string DeleteBody = """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}""";

    public static PlannedRequest Make(string @namespace, RequestedChange change, JsonObject? body, bool force)
    {
        var path = "/" + change.Kind.Resource.ObjectPath(@namespace, change.Name);
        if (change.Patch is not { } patch || body is null)
        {
            return new PlannedRequest("DELETE", path, Query: "", "application/json", DeleteBody, DeleteBody);
        }

        var query = WriteQuery.For(patch, new WriteOptions { FieldManager = change.FieldManager, Force = force }).TrimStart('?');
        return new PlannedRequest("PATCH", path, query, PatchBody.MediaType(patch), CanonicalJson.ToText(body), BodyView: null);
    }

    /// <summary>The same request, which the API server refuses where it would take a field from another manager.</summary>
    public static PlannedRequest WithoutForce(PlannedRequest request) => request with { Query = request.Query.Replace(WriteQuery.Forced, WriteQuery.Unforced, StringComparison.Ordinal) };

    /// <exception cref="KubernetesException">The cluster refused, or no answer came.</exception>
    /// <exception cref="InvalidOperationException">The request leads elsewhere than to the object.</exception>
    public static Task<WriteResult> SendAsync(
        NamespaceClient client, ObjectKind kind, string name, PlannedRequest request, Preconditions preconditions, bool dryRun, CancellationToken cancellationToken)
    {
        if (request.Path != "/" + kind.Resource.ObjectPath(client.Namespace, name))
        {
            throw new InvalidOperationException($"The sealed request for {kind.Name}/{name} leads elsewhere.");
        }

        var isDelete = request.Method == "DELETE";
        var body = isDelete ? DeletionBody(request, preconditions, dryRun) : PatchBody.Write(PatchOf(request), Body(request), preconditions);
        var query = dryRun ? $"{request.Query}&dryRun=All".TrimStart('&') : request.Query;
        return client.WriteAsync(new HttpMethod(request.Method), kind.Resource, name, query, request.ContentType, body, dryRun, cancellationToken);
    }

    // The options of a deletion are read from its body alone when there is one; the query says the same for whoever counts requests by their address.
    private static byte[] DeletionBody(PlannedRequest request, Preconditions preconditions, bool dryRun)
    {
        var options = Body(request);
        if (preconditions != Preconditions.None)
        {
            options["preconditions"] = new JsonObject { ["uid"] = preconditions.Uid, ["resourceVersion"] = preconditions.ResourceVersion };
        }

        if (dryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }

        return Encoding.UTF8.GetBytes(options.ToJsonString());
    }

    private static JsonObject Body(PlannedRequest request) => JsonNode.Parse(request.Body!)!.AsObject();

    private static PatchKind PatchOf(PlannedRequest request) =>
        Enum.GetValues<PatchKind>().First(kind => PatchBody.MediaType(kind) == request.ContentType);
}
