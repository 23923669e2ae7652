using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Makes a Deployment's ReplicaSets, keeps their annotations and revisions, removes the oldest.</summary>
internal sealed class ReplicaSetFactory(ResourceCatalog catalog, ObjectRegistry registry, ObjectDeleter deleter, SystemWriter writer, EventRecorder events)
{
    private const string Manager = "kube-controller-manager";

    private static readonly string[] NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Rollout.RevisionAnnotation, "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas", "deployment.kubernetes.io/revision-history", "deprecated.deployment.rollback.to",
    ];

    /// <summary>Makes the ReplicaSet of the present template, with as many replicas as may be added.</summary>
    public void Create(Rollout rollout)
    {
        var deployment = rollout.Deployment;
        var name = deployment.Text("metadata", "name")!;
        var template = Rollout.Comparable(deployment.Object("spec", "template"));
        var hash = NameGenerator.Spell(Fnv(JsonText.Canonical(template)));
        template.Ensure("metadata").Ensure("labels")[Rollout.HashLabel] = hash;
        var selector = (JsonObject)deployment.Object("spec", "selector")!.DeepClone();
        selector.Ensure("matchLabels")[Rollout.HashLabel] = hash;
        var replicas = rollout.Recreate
            ? rollout.Replicas
            : Math.Clamp(rollout.Replicas + rollout.MaxSurge - rollout.TotalReplicas, 0, rollout.Replicas);
        var revision = rollout.Old.Select(set => set.Revision).DefaultIfEmpty(0).Max() + 1;
        var set = new JsonObject
        {
            ["kind"] = "ReplicaSet",
            ["apiVersion"] = "apps/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{name}-{hash}",
                ["labels"] = template.Object("metadata", "labels")!.DeepClone(),
                ["annotations"] = Annotations(rollout, revision),
                ["ownerReferences"] = new JsonArray(Owners.ControllerReference(deployment)),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
        };
        registry.Create(new WriteContext(catalog.Preferred(catalog.ReplicaSets), deployment.Text("metadata", "namespace")!, Manager), set);
        if (replicas > 0)
        {
            events.Record(deployment, "deployment-controller", "Normal", "ScalingReplicaSet", $"Scaled up replica set {name}-{hash} to {replicas}");
        }
    }

    /// <summary>Brings annotations and revision of the present ReplicaSet up to date; a rolled back one gets the newest revision.</summary>
    public void Refresh(Rollout rollout)
    {
        var highest = rollout.Old.Select(set => set.Revision).DefaultIfEmpty(0).Max();
        var revision = Math.Max(rollout.New!.Revision, highest + 1);
        if (rollout.New.Revision > highest)
        {
            revision = rollout.New.Revision;
        }

        writer.Change(rollout.New.Key, Manager, value => value.Ensure("metadata")["annotations"] = Annotations(rollout, revision));
    }

    /// <summary>Removes old, empty ReplicaSets beyond revisionHistoryLimit.</summary>
    public void CleanUp(Rollout rollout)
    {
        var limit = (int)(rollout.Deployment.Integer("spec", "revisionHistoryLimit") ?? 10);
        var empty = rollout.Old.Where(set => set is { Replicas: 0, ActualReplicas: 0 }).OrderBy(set => set.Revision).ToList();
        foreach (var set in empty.Take(Math.Max(0, rollout.Old.Count - limit)))
        {
            deleter.Delete(catalog.Preferred(catalog.ReplicaSets), set.Key.Namespace, set.Key.Name, new DeleteOptions());
        }
    }

    private static JsonObject Annotations(Rollout rollout, long revision)
    {
        var annotations = new JsonObject();
        foreach (var (name, value) in rollout.Deployment.Map("metadata", "annotations").Where(pair => !NotCopied.Contains(pair.Key)))
        {
            annotations[name] = value;
        }

        annotations["deployment.kubernetes.io/desired-replicas"] = rollout.Replicas.ToString();
        annotations["deployment.kubernetes.io/max-replicas"] = (rollout.Replicas + rollout.MaxSurge).ToString();
        annotations[Rollout.RevisionAnnotation] = revision.ToString();
        return annotations;
    }

    private static uint Fnv(string text)
    {
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ part) * 16777619u;
        }

        return hash;
    }
}
