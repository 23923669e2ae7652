using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Api;

/// <summary>A request for a resource, its URL and query understood.</summary>
internal sealed class ApiRequest
{
    public required HttpContext Http { get; init; }

    public required ServedResource Resource { get; init; }

    /// <summary>Null for cluster-scoped resources and for lists over all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Subresource { get; init; }

    public required RequestUser User { get; init; }

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Cancelled => Http.RequestAborted;

    public string Method => Http.Request.Method;

    public bool Watch => Flag("watch");

    /// <summary>Whether nothing may be stored; anything but "All" is a mistake.</summary>
    public bool DryRun => Query["dryRun"].ToString() switch
    {
        "" => false,
        "All" => true,
        var other => throw KubernetesError.Invalid(
            "meta.k8s.io", OptionsKind, OptionsKind + ".meta.k8s.io", string.Empty, [Validation.FieldError.NotSupported("dryRun", other.Split(',')[0], "All")]),
    };

    public bool Force => Flag("force");

    /// <summary>Who owns the fields this request sets: the query's name, else the program's.</summary>
    public string FieldManager => Query["fieldManager"].ToString() is { Length: > 0 } named ? named : User.Agent;

    /// <summary>The verb of the authorizer: get, list, watch, create, update, patch, delete, deletecollection.</summary>
    public string Verb => Method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => Name is null ? "deletecollection" : "delete",
        _ when Name is not null => "get",
        _ => Watch ? "watch" : "list",
    };

    private string OptionsKind => Method switch
    {
        "POST" => "CreateOptions",
        "PATCH" => "PatchOptions",
        "DELETE" => "DeleteOptions",
        _ => "UpdateOptions",
    };

    public bool Flag(string name) => Query[name].ToString() is "true" or "1" or "True";

    /// <summary>A whole number of the query; throws a bad request when it is something else.</summary>
    public long? Number(string name)
    {
        var text = Query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, out var number)
            ? number
            : throw KubernetesError.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
