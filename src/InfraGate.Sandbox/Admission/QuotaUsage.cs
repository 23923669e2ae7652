using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Admission;

/// <summary>What objects use of a quota: Pods their requests and limits, everything its number, Services also node ports and load balancers.</summary>
internal sealed class QuotaUsage(ObjectStore store, ResourceCatalog catalog)
{
    /// <summary>The core resources that a quota may also count by their bare name.</summary>
    private static readonly string[] CountedByName = ["configmaps", "pods", "resourcequotas", "secrets", "services"];

    /// <summary>What a quota allows.</summary>
    public static Amounts HardOf(JsonObject quota) => Amounts.Of(quota.Object("spec", "hard"));

    /// <summary>Whether a quota counts an object: one with scopes counts only Pods of these.</summary>
    public bool Counts(JsonObject quota, ResourceType type, JsonObject value)
    {
        var scopes = quota.List("spec", "scopes") ?? [];
        return scopes.Count == 0 || (type == catalog.Pods && scopes.All(scope => IsInScope(scope.Text(), value)));
    }

    /// <summary>What one object uses; nothing once it has finished.</summary>
    public Amounts Of(ResourceType type, JsonObject value)
    {
        var result = new Amounts();
        if (type == catalog.Pods && value.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return result;
        }

        result["count/" + type.Plural + (type.Group.Length > 0 ? "." + type.Group : string.Empty)] = new Amount(1);
        if (type.Group.Length == 0 && CountedByName.Contains(type.Plural))
        {
            result[type.Plural] = new Amount(1);
        }

        if (type == catalog.Pods)
        {
            result.Add(OfResources(Amounts.OfPod(value, "requests"), Amounts.OfPod(value, "limits")));
        }
        else if (type == catalog.Services && value.Text("spec", "type") is "NodePort" or "LoadBalancer")
        {
            result["services.nodeports"] = new Amount(value.Items("spec", "ports").Count());
            result["services.loadbalancers"] = new Amount(value.Text("spec", "type") == "LoadBalancer" ? 1 : 0);
        }

        return result;
    }

    /// <summary>Requests and limits under the names that quotas use; a bare <c>cpu</c> or <c>memory</c> is the request.</summary>
    public static Amounts OfResources(Amounts requests, Amounts limits)
    {
        var result = new Amounts();
        foreach (var (name, amount) in requests)
        {
            result["requests." + name] = amount;
            if (name is "cpu" or "memory" or "ephemeral-storage")
            {
                result[name] = amount;
            }
        }

        foreach (var (name, amount) in limits)
        {
            result["limits." + name] = amount;
        }

        return result;
    }

    /// <summary>What the objects of the quota's namespace use of what it allows.</summary>
    public Amounts Used(JsonObject quota)
    {
        var @namespace = quota.Text("metadata", "namespace")!;
        var used = new Amounts();
        foreach (var type in catalog.All.Where(type => type.Namespaced))
        {
            foreach (var value in store.Snapshot(type).In(@namespace).Select(stored => stored.Parse()).Where(value => Counts(quota, type, value)))
            {
                used.Add(Of(type, value));
            }
        }

        return Masked(used, HardOf(quota));
    }

    /// <summary>The amounts of the names in <paramref name="names"/>; nothing where there is none.</summary>
    public static Amounts Masked(Amounts amounts, Amounts names)
    {
        var result = new Amounts();
        foreach (var name in names.Keys)
        {
            result[name] = amounts.GetValueOrDefault(name);
        }

        return result;
    }

    private static bool IsInScope(string? scope, JsonObject pod) => scope switch
    {
        "Terminating" => pod.Integer("spec", "activeDeadlineSeconds") is not null,
        "NotTerminating" => pod.Integer("spec", "activeDeadlineSeconds") is null,
        "BestEffort" => pod.Text("status", "qosClass") == "BestEffort",
        "NotBestEffort" => pod.Text("status", "qosClass") != "BestEffort",
        _ => false,
    };
}
