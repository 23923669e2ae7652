using System.Text.Json.Nodes;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>
/// RBAC over the stored Roles and RoleBindings. The administrator may do everything that <c>SANDBOX_DENY</c> does not name.
/// </summary>
internal sealed class Authorizer(ObjectStore store, ResourceCatalog catalog, SandboxOptions options)
{
    /// <summary>Whether the user may; <paramref name="resource"/> is <c>pods</c> or <c>pods/log</c>.</summary>
    public bool Allows(RequestUser user, string verb, string group, string resource, string? @namespace, string? name)
    {
        if (options.Deny.Any(rule => Denies(rule, verb, resource)))
        {
            return false;
        }

        return user.IsAdministrator || (@namespace is not null && BoundRules(user, @namespace).Any(rule => Grants(rule, verb, group, resource, name)));
    }

    /// <summary>Refuses what the user may not.</summary>
    public void Require(ApiRequest request, string verb)
    {
        var resource = request.Resource;
        var full = request.Subresource is null ? resource.Type.Plural : $"{resource.Type.Plural}/{request.Subresource}";
        if (!Allows(request.User, verb, resource.Group, full, request.Namespace, request.Name))
        {
            var scope = request.Namespace is null ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
            throw KubernetesError.Forbidden(
                resource,
                request.Name ?? string.Empty,
                $"User \"{request.User.Name}\" cannot {verb} resource \"{full}\" in API group \"{resource.Group}\" {scope}");
        }
    }

    private static bool Denies(string rule, string verb, string resource)
    {
        var parts = rule.Split(':', 2);
        return (parts[0] == "*" || parts[0] == verb) && (parts.Length == 1 || parts[1] == "*" || parts[1] == resource);
    }

    private static bool Grants(JsonObject rule, string verb, string group, string resource, string? name) =>
        Has(rule, "verbs", verb) && Has(rule, "apiGroups", group) && Has(rule, "resources", resource)
        && (rule.List("resourceNames") is not { Count: > 0 } names || names.Any(item => item.Text() == name));

    private static bool Has(JsonObject rule, string list, string value) =>
        rule.List(list)?.Any(item => item.Text() is { } text && (text == value || text == "*")) ?? false;

    private IEnumerable<JsonObject> BoundRules(RequestUser user, string @namespace)
    {
        foreach (var binding in store.Snapshot(catalog.RoleBindings).In(@namespace).Select(stored => stored.Parse()))
        {
            if (binding.Items("subjects").Any(subject => Names(subject, user, @namespace))
                && binding.Text("roleRef", "kind") == "Role"
                && store.Find(catalog.Roles, @namespace, binding.Text("roleRef", "name") ?? string.Empty) is { } role)
            {
                foreach (var rule in role.Parse().Items("rules"))
                {
                    yield return rule;
                }
            }
        }
    }

    private static bool Names(JsonObject subject, RequestUser user, string @namespace) => subject.Text("kind") switch
    {
        "ServiceAccount" => user.Name == $"system:serviceaccount:{subject.Text("namespace") ?? @namespace}:{subject.Text("name")}",
        "User" => user.Name == subject.Text("name"),
        "Group" => user.Groups.Contains(subject.Text("name")),
        _ => false,
    };
}
