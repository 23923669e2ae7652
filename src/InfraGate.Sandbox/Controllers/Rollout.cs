using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>A Deployment with its ReplicaSets: the one of its template, and the old ones.</summary>
internal sealed class Rollout
{
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    public const string HashLabel = "pod-template-hash";

    private Rollout(JsonObject deployment, List<OwnedSet> sets)
    {
        Deployment = deployment;
        var template = Comparable(deployment.Object("spec", "template"));
        New = sets.Where(set => JsonNode.DeepEquals(Comparable(set.Value.Object("spec", "template")), template)).MinBy(set => set.Created);
        Old = [.. sets.Where(set => set != New)];
        All = sets;
    }

    public JsonObject Deployment { get; }

    /// <summary>The ReplicaSet of the present template, or null before it is made.</summary>
    public OwnedSet? New { get; }

    public IReadOnlyList<OwnedSet> Old { get; }

    public IReadOnlyList<OwnedSet> All { get; }

    public int Replicas => (int)(Deployment.Integer("spec", "replicas") ?? 1);

    public bool Paused => Deployment.Boolean("spec", "paused") == true;

    public bool Recreate => Deployment.Text("spec", "strategy", "type") == "Recreate";

    public int MaxSurge => Recreate ? 0 : Share("maxSurge", roundUp: true);

    /// <summary>Never 0 together with <see cref="MaxSurge"/>, or nothing could move.</summary>
    public int MaxUnavailable
    {
        get
        {
            var share = Recreate ? 0 : Share("maxUnavailable", roundUp: false);
            return share == 0 && MaxSurge == 0 ? 1 : Math.Min(share, Replicas);
        }
    }

    public int TotalReplicas => All.Sum(set => set.Replicas);

    public int AvailableReplicas => All.Sum(set => set.Available);

    public static Rollout Read(JsonObject deployment, IEnumerable<StoredObject> sets) => new(deployment, [.. sets.Select(set => new OwnedSet(set))]);

    /// <summary>The template without the hash that the controller adds.</summary>
    public static JsonObject Comparable(JsonObject? template)
    {
        var copy = (JsonObject)(template?.DeepClone() ?? new JsonObject());
        copy.Object("metadata", "labels")?.Remove(HashLabel);
        copy.Object("metadata")?.Remove("creationTimestamp");
        return copy;
    }

    private int Share(string name, bool roundUp)
    {
        var value = Deployment.Object("spec", "strategy", "rollingUpdate")?[name];
        if (value.Text() is { } text && int.TryParse(text.TrimEnd('%'), out var percent))
        {
            var exact = Replicas * percent / 100.0;
            return (int)(roundUp ? Math.Ceiling(exact) : Math.Floor(exact));
        }

        return (int)(value.Integer() ?? 0);
    }
}

/// <summary>A ReplicaSet as its Deployment sees it.</summary>
internal sealed class OwnedSet(StoredObject stored)
{
    public ObjectKey Key { get; } = stored.Key;

    public string Uid { get; } = stored.Uid;

    public JsonObject Value { get; } = stored.Parse();

    public int Replicas => (int)(Value.Integer("spec", "replicas") ?? 0);

    public int ActualReplicas => (int)(Value.Integer("status", "replicas") ?? 0);

    public int Ready => (int)(Value.Integer("status", "readyReplicas") ?? 0);

    public int Available => (int)(Value.Integer("status", "availableReplicas") ?? 0);

    public long Revision => long.TryParse(Value.Text("metadata", "annotations", Rollout.RevisionAnnotation), out var revision) ? revision : 0;

    public string Created => Value.Text("metadata", "creationTimestamp") ?? string.Empty;
}
