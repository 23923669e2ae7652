namespace InfraGate.McpServer.Inspection.Status;

/// <summary>Condenses a snapshot into a status: troubled first, lists cut to a bound, what is cut said aloud.</summary>
internal sealed class StatusBuilder
{
    private readonly StatusSnapshot _snapshot;
    private readonly string _namespace;
    private readonly List<DeploymentLine> _deployments;
    private readonly List<PodGroupLine> _otherPods;
    private readonly List<ReplicaSetLine> _replicaSets;
    private readonly List<ServiceLine> _services;
    private readonly List<ConfigMapLine> _configMaps;
    private readonly int _ready;

    public StatusBuilder(string ns, StatusSnapshot snapshot)
    {
        _namespace = ns;
        _snapshot = snapshot;
        var deploymentOf = snapshot.ReplicaSets.Items
            .Where(set => set.Deployment is not null)
            .ToDictionary(set => set.Name, set => set.Deployment!, StringComparer.Ordinal);
        var groups = Group(snapshot.Pods.Items, deploymentOf);
        var deployments = snapshot.Deployments.Items.Select(deployment => deployment.Name).ToHashSet(StringComparer.Ordinal);
        _ready = groups.Values.Sum(group => group.Ready);
        _deployments = [.. snapshot.Deployments.Items
            .Select(line => groups.GetValueOrDefault($"Deployment/{line.Name}") is { } pods ? line with { Pods = pods.States, Outliers = pods.Outliers } : line)
            .OrderBy(line => IsHealthy(line)).ThenBy(line => line.Name, StringComparer.Ordinal)];
        _otherPods = [.. groups.Values
            .Where(group => !group.Owner.StartsWith("Deployment/", StringComparison.Ordinal) || !deployments.Contains(group.Owner["Deployment/".Length..]))
            .OrderBy(group => group.Ready == group.Count).ThenBy(group => group.Owner, StringComparer.Ordinal)
            .Select(group => new PodGroupLine(group.Owner, group.Count, group.Ready, group.States, group.Outliers))];
        var active = snapshot.ReplicaSets.Items.Where(set => set.Replicas is > 0 && set.Deployment is not null)
            .ToLookup(set => set.Deployment!, StringComparer.Ordinal);
        // A Deployment's only active ReplicaSet says nothing that the Deployment does not; two of them are a rollout.
        _replicaSets = [.. snapshot.ReplicaSets.Items
            .Where(set => set.Deployment is not { } owner || (set.Replicas is > 0 && active[owner].Skip(1).Any()))
            .OrderBy(set => set.Name, StringComparer.Ordinal)
            .Select(set => new ReplicaSetLine(set.Name, set.Deployment, set.Replicas ?? 1, set.Ready))];
        _services = [.. snapshot.Services.Items
            .Select(line => snapshot.Endpoints.GetValueOrDefault(line.Name) is { } endpoints ? With(line, endpoints) : line)
            .OrderBy(line => line is not { Ready: 0 }).ThenBy(line => line.Name, StringComparer.Ordinal)];
        _configMaps = [.. snapshot.ConfigMaps.Items.OrderBy(map => map.Name, StringComparer.Ordinal)];
    }

    /// <param name="items">How long each list may be.</param>
    public NamespaceStatus Build(int items)
    {
        var omitted = new List<string>();
        return new NamespaceStatus
        {
            Namespace = _namespace,
            Summary = Summary(),
            Observed = _snapshot.Observed is { } observed ? Describe.Time(observed) : null,
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
        var troubled = _deployments.Where(line => !IsHealthy(line)).Take(3).Select(line => line.Name).ToList();
        return $"{Bounded.Count(_deployments.Count, "Deployment")}{(_deployments.Count > 0 ? $" ({string.Join(", ", states)})" : "")}, "
            + $"{Bounded.Count(_snapshot.Pods.Items.Count, "Pod")} ({_ready} ready), {Bounded.Count(_snapshot.ReplicaSets.Items.Count, "ReplicaSet")}, "
            + $"{Bounded.Count(_services.Count, "Service")}, {Bounded.Count(_configMaps.Count, "ConfigMap")}."
            + (troubled.Count > 0 ? $" Look first at {string.Join(", ", troubled)}: get_deployment_diagnostics tells the cause." : "");
    }

    private IEnumerable<string> Incomplete()
    {
        (string Kind, bool IsComplete, int Count)[] listings =
        [
            ("Deployments", _snapshot.Deployments.IsComplete, _snapshot.Deployments.Items.Count),
            ("Pods", _snapshot.Pods.IsComplete, _snapshot.Pods.Items.Count),
            ("ReplicaSets", _snapshot.ReplicaSets.IsComplete, _snapshot.ReplicaSets.Items.Count),
            ("Services", _snapshot.Services.IsComplete, _snapshot.Services.Items.Count),
            ("ConfigMaps", _snapshot.ConfigMaps.IsComplete, _snapshot.ConfigMaps.Items.Count),
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

    /// <summary>The Pods by the Deployment behind them, or by their owner.</summary>
    private static Dictionary<string, PodGroup> Group(IReadOnlyList<PodMark> pods, Dictionary<string, string> deploymentOf)
    {
        var groups = new Dictionary<string, PodGroup>(StringComparer.Ordinal);
        var byOwner = new Dictionary<string, PodGroup>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (!byOwner.TryGetValue(pod.Owner, out var group))
            {
                var name = NameOf(pod.Owner, deploymentOf);
                if (!groups.TryGetValue(name, out group))
                {
                    groups.Add(name, group = new PodGroup(name));
                }

                byOwner.Add(pod.Owner, group);
            }

            group.Add(pod);
        }

        return groups;
    }

    private static string NameOf(string owner, Dictionary<string, string> deploymentOf) =>
        owner.Length == 0 ? "none"
        : owner.StartsWith("ReplicaSet/", StringComparison.Ordinal) && deploymentOf.TryGetValue(owner["ReplicaSet/".Length..], out var deployment) ? $"Deployment/{deployment}"
        : owner;

    private static ServiceLine With(ServiceLine line, ServiceEndpoints endpoints) =>
        line with { Ready = line.Ready is null ? null : endpoints.Ready, NotReady = endpoints.NotReady > 0 ? endpoints.NotReady : null };

    private static bool IsHealthy(DeploymentLine line) => line.State is RolloutState.Available or RolloutState.ScaledToZero;
}
