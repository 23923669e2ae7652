using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Admission;

/// <summary>
/// The LimitRanger plugin: new Pods get the requests and limits that the LimitRanges of their namespace say, and must keep within them.
/// Limits of type Container and Pod; volume claims are not served here.
/// </summary>
internal sealed class LimitRanger(ObjectStore store, ResourceCatalog catalog)
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    /// <summary>Gives every container what it leaves out, and says so in an annotation.</summary>
    public void Complete(WriteContext context, JsonObject value)
    {
        if (context.Resource.Type != catalog.Pods || context.Subresource is not null)
        {
            return;
        }

        var said = new List<string>();
        foreach (var limit in LimitsOf(context.Namespace, "Container"))
        {
            said.AddRange(value.Items("spec", "containers").SelectMany(container => Fill(container, limit, "container")));
            said.AddRange(value.Items("spec", "initContainers").SelectMany(container => Fill(container, limit, "init container")));
        }

        if (said.Count > 0)
        {
            value.Ensure("metadata").Ensure("annotations")[Annotation] = "LimitRanger plugin set: " + string.Join("; ", said);
        }
    }

    /// <summary>Refuses a Pod that a LimitRange does not allow, with every reason of that LimitRange.</summary>
    public void Check(WriteContext context, JsonObject value)
    {
        if (context.Resource.Type != catalog.Pods || context.Subresource is not null)
        {
            return;
        }

        foreach (var range in store.Snapshot(catalog.LimitRanges).In(context.Namespace))
        {
            var refusals = range.Parse().Items("spec", "limits").SelectMany(limit => Refusals(limit, value)).ToList();
            if (refusals.Count > 0)
            {
                var why = refusals.Count == 1 ? refusals[0] : $"[{string.Join(", ", refusals)}]";
                throw KubernetesError.Forbidden(context.Resource, value.Text("metadata", "name")!, why);
            }
        }
    }

    private static IEnumerable<string> Fill(JsonObject container, JsonObject limit, string what)
    {
        var resources = container.Ensure("resources");
        var limits = Missing(resources, "limits", limit.Object("default"));
        var requests = Missing(resources, "requests", limit.Object("defaultRequest"));
        if (requests.Length > 0)
        {
            yield return $"{requests} request for {what} {container.Text("name")}";
        }

        if (limits.Length > 0)
        {
            yield return $"{limits} limit for {what} {container.Text("name")}";
        }
    }

    /// <summary>Sets what is missing of one map; answers its names.</summary>
    private static string Missing(JsonObject resources, string map, JsonObject? defaults)
    {
        var missing = (defaults ?? []).Where(item => resources.Object(map)?.ContainsKey(item.Key) != true).OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, amount) in missing)
        {
            resources.Ensure(map)[name] = amount!.DeepClone();
        }

        return string.Join(", ", missing.Select(item => item.Key));
    }

    private static IEnumerable<string> Refusals(JsonObject limit, JsonObject pod) => limit.Text("type") switch
    {
        "Container" => pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers"))
            .SelectMany(container => Refusals(limit, "Container", Amounts.Of(container.Object("resources", "requests")), Amounts.Of(container.Object("resources", "limits")))),
        "Pod" => Refusals(limit, "Pod", SaidByAll(pod, "requests"), SaidByAll(pod, "limits")),
        _ => [],
    };

    /// <summary>What a Pod requests or is limited to, of what each of its containers says; the plugin writes such sums without powers of 1024.</summary>
    private static Amounts SaidByAll(JsonObject pod, string map)
    {
        var containers = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).Select(container => Amounts.Of(container.Object("resources", map))).ToList();
        var result = new Amounts();
        foreach (var (name, amount) in Amounts.OfPod(pod, map).Where(sum => containers.TrueForAll(container => container.ContainsKey(sum.Key))))
        {
            result[name] = amount with { Binary = false };
        }

        return result;
    }

    private static IEnumerable<string> Refusals(JsonObject limit, string type, Amounts requests, Amounts limits) =>
        Amounts.Of(limit.Object("min")).Select(min => BelowMinimum(min.Key, min.Value, type, requests, limits))
            .Concat(Amounts.Of(limit.Object("max")).Select(max => AboveMaximum(max.Key, max.Value, type, requests, limits)))
            .Concat(Amounts.Of(limit.Object("maxLimitRequestRatio")).Select(ratio => AboveRatio(ratio.Key, ratio.Value, type, requests, limits)))
            .OfType<string>();

    private static string? BelowMinimum(string name, Amount minimum, string type, Amounts requests, Amounts limits)
    {
        var rule = $"minimum {name} usage per {type} is {minimum}";
        if (!requests.TryGetValue(name, out var request))
        {
            return $"{rule}.  No request is specified";
        }

        if (request.Value < minimum.Value)
        {
            return $"{rule}, but request is {request}";
        }

        return limits.TryGetValue(name, out var limit) && limit.Value < minimum.Value ? $"{rule}, but limit is {limit}" : null;
    }

    private static string? AboveMaximum(string name, Amount maximum, string type, Amounts requests, Amounts limits)
    {
        var rule = $"maximum {name} usage per {type} is {maximum}";
        if (!limits.TryGetValue(name, out var limit))
        {
            return $"{rule}.  No limit is specified";
        }

        if (limit.Value > maximum.Value)
        {
            return $"{rule}, but limit is {limit}";
        }

        return requests.TryGetValue(name, out var request) && request.Value > maximum.Value ? $"{rule}, but request is {request}" : null;
    }

    private static string? AboveRatio(string name, Amount ratio, string type, Amounts requests, Amounts limits)
    {
        var rule = $"{name} max limit to request ratio per {type} is {ratio}";
        if (!requests.TryGetValue(name, out var request) || request.Value == 0)
        {
            return $"{rule}, but no request is specified or request is 0";
        }

        if (!limits.TryGetValue(name, out var limit) || limit.Value == 0)
        {
            return $"{rule}, but no limit is specified or limit is 0";
        }

        var provided = limit.Value / request.Value;
        return provided > ratio.Value ? $"{rule}, but provided ratio is {provided.ToString("F6", CultureInfo.InvariantCulture)}" : null;
    }

    private IEnumerable<JsonObject> LimitsOf(string @namespace, string type) =>
        store.Snapshot(catalog.LimitRanges).In(@namespace).SelectMany(range => range.Parse().Items("spec", "limits")).Where(limit => limit.Text("type") == type);
}
