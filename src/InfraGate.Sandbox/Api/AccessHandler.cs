using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>Answers access reviews and token requests.</summary>
internal sealed class AccessHandler(ObjectStore store, Authorizer authorizer, Authenticator authenticator, TimeProvider time)
{
    private const long MinimumTokenSeconds = 600;
    private const long DefaultTokenSeconds = 3600;

    /// <summary>SelfSubjectAccessReview: may the caller do this? Every authenticated user may ask (system:basic-user).</summary>
    public async Task ReviewAsync(HttpContext http, RequestUser user)
    {
        if (http.Request.Method != "POST")
        {
            throw KubernetesError.MethodNotAllowed();
        }

        var review = RequestBody.Parse(await RequestBody.ReadAsync(http.Request, http.RequestAborted));
        var attributes = review.Object("spec", "resourceAttributes");
        if (attributes is null && review.Object("spec", "nonResourceAttributes") is null)
        {
            throw KubernetesError.BadRequest("exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }

        var allowed = attributes is null ? user.IsAdministrator : Allows(user, attributes);
        review["kind"] = "SelfSubjectAccessReview";
        review["apiVersion"] = "authorization.k8s.io/v1";
        review.Ensure("metadata")["creationTimestamp"] = null;
        review["status"] = allowed ? new JsonObject { ["allowed"] = true } : new JsonObject { ["allowed"] = false, ["reason"] = string.Empty };
        await Answer.JsonAsync(http, 201, review);
    }

    /// <summary>TokenRequest: a bearer token for a service account.</summary>
    public async Task TokenAsync(ApiRequest request)
    {
        var account = store.Find(request.Resource.Type, request.Namespace!, request.Name!) ?? throw KubernetesError.NotFound(request.Resource, request.Name!);
        var body = RequestBody.Parse(await RequestBody.ReadAsync(request.Http.Request, request.Cancelled));
        var seconds = body.Integer("spec", "expirationSeconds") ?? DefaultTokenSeconds;
        if (seconds < MinimumTokenSeconds)
        {
            throw KubernetesError.Invalid(
                "authentication.k8s.io", "TokenRequest", "TokenRequest.authentication.k8s.io", string.Empty,
                [Validation.FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")]);
        }

        var lifetime = TimeSpan.FromSeconds(seconds);
        body["kind"] = "TokenRequest";
        body["apiVersion"] = "authentication.k8s.io/v1";
        body["metadata"] = new JsonObject { ["name"] = account.Key.Name, ["namespace"] = account.Key.Namespace, ["creationTimestamp"] = null };
        body.Ensure("spec")["expirationSeconds"] = seconds;
        body["status"] = new JsonObject
        {
            ["token"] = authenticator.Issue(account.Key.Namespace, account.Key.Name, lifetime),
            ["expirationTimestamp"] = Timestamps.Seconds(time.GetUtcNow() + lifetime),
        };
        await Answer.JsonAsync(request.Http, 201, body);
    }

    private bool Allows(RequestUser user, JsonObject attributes)
    {
        var resource = attributes.Text("resource") ?? string.Empty;
        var full = attributes.Text("subresource") is { Length: > 0 } sub ? $"{resource}/{sub}" : resource;
        var space = attributes.Text("namespace") is { Length: > 0 } named ? named : null;
        return authorizer.Allows(user, attributes.Text("verb") ?? string.Empty, attributes.Text("group") ?? string.Empty, full, space, attributes.Text("name"));
    }
}
