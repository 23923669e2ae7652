using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Admission;

/// <summary>The ResourceQuota plugin for new objects. What is used is counted at that moment, so that a quota holds from its first second.</summary>
internal sealed class QuotaAdmission(ObjectStore store, ResourceCatalog catalog, QuotaUsage usage)
{
    /// <summary>Where a quota speaks of these, every container must say how much it wants.</summary>
    private static readonly string[] MustBeSaid = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>Refuses what a quota of the namespace leaves no room for.</summary>
    public void Check(WriteContext context, JsonObject value)
    {
        if (context.Namespace.Length == 0 || context.Subresource is not null)
        {
            return;
        }

        foreach (var quota in store.Snapshot(catalog.ResourceQuotas).In(context.Namespace).Select(stored => stored.Parse()))
        {
            if (usage.Counts(quota, context.Resource.Type, value) && Refusal(quota, context.Resource.Type, value) is { } why)
            {
                throw KubernetesError.Forbidden(context.Resource, value.Text("metadata", "name")!, why);
            }
        }
    }

    private string? Refusal(JsonObject quota, ResourceType type, JsonObject value)
    {
        var name = quota.Text("metadata", "name");
        var hard = QuotaUsage.HardOf(quota);
        if (type == catalog.Pods && Unsaid(value, hard) is { Count: > 0 } unsaid)
        {
            return $"failed quota: {name}: must specify {string.Join(',', unsaid)}";
        }

        var requested = usage.Of(type, value);
        if (!requested.Keys.Any(hard.ContainsKey))
        {
            return null;
        }

        var used = usage.Used(quota);
        var exceeded = new Amounts();
        foreach (var (resource, limit) in hard.Where(limit => requested.GetValueOrDefault(limit.Key).Value > 0))
        {
            if ((used[resource] + requested[resource]).Value > limit.Value)
            {
                exceeded[resource] = limit;
            }
        }

        return exceeded.Count == 0
            ? null
            : $"exceeded quota: {name}, requested: {QuotaUsage.Masked(requested, exceeded)}, used: {QuotaUsage.Masked(used, exceeded)}, limited: {exceeded}";
    }

    private static SortedSet<string> Unsaid(JsonObject pod, Amounts hard)
    {
        var required = MustBeSaid.Where(hard.ContainsKey).ToList();
        return new SortedSet<string>(
            pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).SelectMany(container => required.Except(
                QuotaUsage.OfResources(Amounts.Of(container.Object("resources", "requests")), Amounts.Of(container.Object("resources", "limits"))).Keys)),
            StringComparer.Ordinal);
    }
}
