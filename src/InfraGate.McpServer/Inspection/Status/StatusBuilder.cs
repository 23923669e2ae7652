using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Status;

/// <summary>Condenses a snapshot into a status: troubled first, lists cut to a bound, what is cut said aloud.</summary>
internal sealed class StatusBuilder
{
    private const int MaxKeys = 12;
    private readonly StatusSnapshot _snapshot;
    private readonly string _namespace;
    private readonly List<DeploymentLine> _deployments;
    private readonly List<PodGroupLine> _otherPods;
    private readonly List<ReplicaSetLine> _replicaSets;
    private readonly List<ServiceLine> _services;
    private readonly List<ConfigMapLine> _configMaps;

    public StatusBuilder(string ns, StatusSnapshot snapshot)
    {
        _namespace = ns;
        _snapshot = snapshot;
        var deploymentOf = snapshot.ReplicaSets.Value
            .Where(set => set.Metadata.Controller is { Kind: "Deployment" })
            .ToDictionary(set => set.Metadata.Name, set => set.Metadata.Controller!.Name, StringComparer.Ordinal);
        var groups = Regroup(snapshot.Pods.Value, deploymentOf);
        var deployments = snapshot.Deployments.Value.Select(deployment => deployment.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        _deployments = [.. snapshot.Deployments.Value
            .Select(deployment => Line(deployment, groups.GetValueOrDefault($"Deployment/{deployment.Metadata.Name}")))
            .OrderBy(line => IsHealthy(line)).ThenBy(line => line.Name, StringComparer.Ordinal)];
        _otherPods = [.. groups.Values
            .Where(group => !group.Owner.StartsWith("Deployment/", StringComparison.Ordinal) || !deployments.Contains(group.Owner["Deployment/".Length..]))
            .OrderBy(group => group.Ready == group.Count).ThenBy(group => group.Owner, StringComparer.Ordinal)
            .Select(group => new PodGroupLine(group.Owner, group.Count, group.Ready, group.States, group.Outliers))];
        var active = snapshot.ReplicaSets.Value.Where(set => set.Spec.Replicas is > 0 && deploymentOf.ContainsKey(set.Metadata.Name))
            .ToLookup(set => deploymentOf[set.Metadata.Name], StringComparer.Ordinal);
        // A Deployment's only active ReplicaSet says nothing that the Deployment does not; two of them are a rollout.
        _replicaSets = [.. snapshot.ReplicaSets.Value
            .Where(set => !deploymentOf.TryGetValue(set.Metadata.Name, out var owner) || (set.Spec.Replicas is > 0 && active[owner].Skip(1).Any()))
            .OrderBy(set => set.Metadata.Name, StringComparer.Ordinal)
            .Select(set => new ReplicaSetLine(set.Metadata.Name, deploymentOf.GetValueOrDefault(set.Metadata.Name), set.Spec.Replicas ?? 1, set.Status.ReadyReplicas))];
        _services = [.. snapshot.Services.Value
            .Select(service => Line(service, snapshot.Endpoints.GetValueOrDefault(service.Metadata.Name)))
            .OrderBy(line => line is not { Ready: 0 }).ThenBy(line => line.Name, StringComparer.Ordinal)];
        _configMaps = [.. snapshot.ConfigMaps.Value.OrderBy(map => map.Metadata.Name, StringComparer.Ordinal).Select(Line)];
    }

    /// <param name="items">How long each list may be.</param>
    public NamespaceStatus Build(int items)
    {
        var omitted = new List<string>();
        return new NamespaceStatus
        {
            Namespace = _namespace,
            Summary = Summary(),
            Deployments = Cut(_deployments, items, "Deployments", omitted),
            OtherPods = Cut(_otherPods, items, "Pod owners", omitted),
            ReplicaSets = Cut(_replicaSets, items, "ReplicaSets", omitted),
            Services = Cut(_services, items, "Services", omitted),
            ConfigMaps = Cut(_configMaps, items, "ConfigMaps", omitted),
            Omitted = Bounded.OrNull([.. omitted, .. Incomplete()]),
        };
    }

    private string Summary()
    {
        var states = _deployments.GroupBy(line => line.State, StringComparer.Ordinal).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {group.Key}");
        var pods = _snapshot.Pods.Value.Values;
        var troubled = _deployments.Where(line => !IsHealthy(line)).Take(3).Select(line => line.Name).ToList();
        return $"{Bounded.Count(_deployments.Count, "Deployment")}{(_deployments.Count > 0 ? $" ({string.Join(", ", states)})" : "")}, "
            + $"{Bounded.Count(_snapshot.Pods.Count, "Pod")} ({pods.Sum(group => group.Ready)} ready), {Bounded.Count(_snapshot.ReplicaSets.Count, "ReplicaSet")}, "
            + $"{Bounded.Count(_services.Count, "Service")}, {Bounded.Count(_configMaps.Count, "ConfigMap")}."
            + (troubled.Count > 0 ? $" Look first at {string.Join(", ", troubled)}: get_deployment_diagnostics tells the cause." : "");
    }

    private IEnumerable<string> Incomplete()
    {
        (string Kind, bool IsComplete, int Count)[] listings =
        [
            ("Deployments", _snapshot.Deployments.IsComplete, _snapshot.Deployments.Count),
            ("Pods", _snapshot.Pods.IsComplete, _snapshot.Pods.Count),
            ("ReplicaSets", _snapshot.ReplicaSets.IsComplete, _snapshot.ReplicaSets.Count),
            ("Services", _snapshot.Services.IsComplete, _snapshot.Services.Count),
            ("ConfigMaps", _snapshot.ConfigMaps.IsComplete, _snapshot.ConfigMaps.Count),
        ];
        return listings.Where(listing => !listing.IsComplete).Select(listing => $"only the first {listing.Count} {listing.Kind} were read; narrow with labelSelector");
    }

    private static IReadOnlyList<T>? Cut<T>(List<T> lines, int items, string what, List<string> omitted)
    {
        if (lines.Count <= items)
        {
            return Bounded.OrNull(lines);
        }

        omitted.Add($"{lines.Count - items} more {what}; narrow with labelSelector, or name one: get_deployment_diagnostics, get_service_diagnostics, get_k8s_resource");
        return lines.GetRange(0, items);
    }

    private static Dictionary<string, PodGroup> Regroup(Dictionary<string, PodGroup> byOwner, Dictionary<string, string> deploymentOf)
    {
        var groups = new Dictionary<string, PodGroup>(StringComparer.Ordinal);
        foreach (var (key, group) in byOwner.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var name = key.StartsWith("ReplicaSet/", StringComparison.Ordinal) && deploymentOf.TryGetValue(key["ReplicaSet/".Length..], out var deployment)
                ? $"Deployment/{deployment}"
                : group.Owner;
            if (!groups.TryGetValue(name, out var merged))
            {
                groups.Add(name, merged = new PodGroup(name));
            }

            merged.Add(group);
        }

        return groups;
    }

    private static DeploymentLine Line(Deployment deployment, PodGroup? pods)
    {
        var rollout = RolloutState.Of(deployment);
        return new DeploymentLine
        {
            Name = deployment.Metadata.Name,
            State = rollout.State,
            Reason = rollout.Reason is null ? null : Bounded.Text(rollout.Reason, 160),
            Desired = deployment.Spec.Replicas ?? 1,
            Ready = deployment.Status.ReadyReplicas,
            Updated = deployment.Status.UpdatedReplicas,
            Available = deployment.Status.AvailableReplicas,
            Images = [.. (deployment.Spec.Template.Spec.Containers ?? []).Select(container => container.Image ?? "")],
            Pods = pods?.States ?? "none",
            Outliers = pods?.Outliers,
        };
    }

    private static ServiceLine Line(Service service, ServiceEndpoints? endpoints)
    {
        var hasEndpoints = service.Spec.Type is not "ExternalName" && service.Spec.Selector is { Count: > 0 };
        return new ServiceLine(
            service.Metadata.Name,
            service.Spec.Type ?? "ClusterIP",
            Bounded.OrNull(service.Spec.Ports?.Select(Describe.Port).ToList() ?? []),
            hasEndpoints ? endpoints?.Ready ?? 0 : null,
            endpoints is { NotReady: > 0 } ? endpoints.NotReady : null);
    }

    private static ConfigMapLine Line(ConfigMap map)
    {
        var sizes = (map.Data ?? new Dictionary<string, int>(StringComparer.Ordinal)).Concat(map.BinaryData ?? new Dictionary<string, int>(StringComparer.Ordinal)).ToList();
        var keys = sizes.Take(MaxKeys).Select(size => $"{size.Key} {size.Value}").ToList();
        if (sizes.Count > MaxKeys)
        {
            keys.Add($"{sizes.Count - MaxKeys} more");
        }

        return new ConfigMapLine(map.Metadata.Name, sizes.Sum(size => size.Value), keys);
    }

    private static bool IsHealthy(DeploymentLine line) => line.State is RolloutState.Available or RolloutState.ScaledToZero;
}
