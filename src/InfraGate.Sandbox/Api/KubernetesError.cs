using System.Text.Json.Nodes;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Api;

/// <summary>A refusal that is answered as a Kubernetes <c>Status</c>, worded as the API server words it.</summary>
internal sealed class KubernetesError : Exception
{
    private readonly JsonObject? _details;

    private KubernetesError(int code, string reason, string message, JsonObject? details = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        _details = details;
    }

    public int Code { get; }

    public string Reason { get; }

    public static KubernetesError BadRequest(string message) => new(400, "BadRequest", message);

    public static KubernetesError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static KubernetesError NotFound(ServedResource resource, string name) =>
        new(404, "NotFound", $"{resource.Qualified} \"{name}\" not found", Details(resource, name));

    /// <summary>The URL names no served resource.</summary>
    public static KubernetesError NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static KubernetesError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static KubernetesError NotAcceptable(string supported) =>
        new(406, "NotAcceptable", $"only the following media types are accepted: {supported}");

    public static KubernetesError UnsupportedPatch() => new(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);

    public static KubernetesError UnsupportedMediaType(string supported) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {supported}");

    public static KubernetesError TooLarge() => new(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");

    public static KubernetesError AlreadyExists(ServedResource resource, string name) =>
        new(409, "AlreadyExists", $"{resource.Qualified} \"{name}\" already exists", Details(resource, name));

    public static KubernetesError Conflict(ServedResource resource, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource.Qualified} \"{name}\": {why}", Details(resource, name));

    /// <summary>A deletion's precondition does not hold; this one names the kind, not the resource.</summary>
    public static KubernetesError PreconditionFailed(ServedResource resource, string name, string why) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {resource.QualifiedKind} \"{name}\": {why}",
        Trim(new JsonObject { ["name"] = name, ["group"] = resource.Group, ["kind"] = resource.Type.Kind }));

    public static KubernetesError ApplyConflict(string message, IEnumerable<JsonObject> causes) =>
        new(409, "Conflict", message, new JsonObject { ["causes"] = new JsonArray([.. causes]) });

    public static KubernetesError Forbidden(ServedResource resource, string name, string why) =>
        new(403, "Forbidden", $"{resource.Qualified}{(name.Length > 0 ? $" \"{name}\"" : string.Empty)} is forbidden: {why}", Details(resource, name));

    public static KubernetesError ForbiddenPath(string user, string path, string verb) =>
        new(403, "Forbidden", $"forbidden: User \"{user}\" cannot {verb} path \"{path}\"", []);

    public static KubernetesError ForbiddenImpersonation(string user, string other) =>
        new(403, "Forbidden", $"users \"{other}\" is forbidden: User \"{user}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope",
            new JsonObject { ["name"] = other, ["kind"] = "users" });

    public static KubernetesError Expired(string message) => new(410, "Expired", message);

    /// <summary>An error without a reason of its own, as the API server answers for mistakes it does not classify.</summary>
    public static KubernetesError Unclassified(string message) => new(500, string.Empty, message);

    public static KubernetesError Internal(string message) =>
        new(500, "InternalError", $"Internal error occurred: {message}", new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = message }) });

    /// <summary>A patch that does not fit the object.</summary>
    public static KubernetesError Unprocessable(string message) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {message}", []);

    public static KubernetesError Invalid(ServedResource resource, string name, IReadOnlyList<FieldError> errors) =>
        Invalid(resource.Group, resource.Type.Kind, resource.QualifiedKind, name, errors);

    public static KubernetesError Invalid(string group, string kind, string qualifiedKind, string name, IReadOnlyList<FieldError> errors)
    {
        var bodies = errors.Select(error => $"{error.Field}: {error.Body}").Distinct().ToList();
        var details = new JsonObject { ["name"] = name, ["group"] = group, ["kind"] = kind };
        details["causes"] = new JsonArray([.. errors.Select(error => new JsonObject
        {
            ["reason"] = error.Reason,
            ["message"] = error.Body,
            ["field"] = error.Field,
        })]);
        var list = bodies.Count == 1 ? bodies[0] : $"[{string.Join(", ", bodies)}]";
        return new KubernetesError(422, "Invalid", $"{qualifiedKind} \"{name}\" is invalid: {list}", Trim(details));
    }

    /// <summary>The <c>Status</c> object to answer with.</summary>
    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }

        if (_details is not null)
        {
            status["details"] = _details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    private static JsonObject Details(ServedResource resource, string name) =>
        Trim(new JsonObject { ["name"] = name, ["group"] = resource.Group, ["kind"] = resource.Type.Plural });

    private static JsonObject Trim(JsonObject details)
    {
        foreach (var empty in details.Where(pair => pair.Value is JsonValue value && value.TryGetValue(out string? text) && text.Length == 0).Select(pair => pair.Key).ToList())
        {
            details.Remove(empty);
        }

        return details;
    }
}
