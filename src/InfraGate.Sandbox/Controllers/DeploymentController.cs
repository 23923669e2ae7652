using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Rolls Deployments out to ReplicaSets: RollingUpdate with maxSurge and maxUnavailable, or Recreate.</summary>
internal sealed class DeploymentController(
    ObjectStore store,
    ResourceCatalog catalog,
    SystemWriter writer,
    ReplicaSetFactory factory,
    ReplicaSetScaler scaler,
    DeploymentStatus status) : Controller
{
    private const string Manager = "kube-controller-manager";

    public override IEnumerable<ObjectKey> Concerned(StoreEvent write)
    {
        if (write.Key.Type == catalog.Deployments)
        {
            return [write.Key];
        }

        if (write.Key.Type == catalog.ReplicaSets && Owners.ControllerOf((write.After ?? write.Before)!, catalog.Deployments) is { } owner)
        {
            return [owner];
        }

        // A Recreate rollout goes on when the last old Pod is gone.
        return write is { After: null } && write.Key.Type == catalog.Pods
            && Owners.ControllerOf(write.Before!, catalog.ReplicaSets) is { } set
            && store.Find(set) is { } stored && Owners.ControllerOf(stored, catalog.Deployments) is { } deployment
            ? [deployment]
            : [];
    }

    public override TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(key) is not { Terminating: false } stored)
        {
            return null;
        }

        var rollout = Rollout.Read(stored.Parse(), OwnedSets(stored.Uid));
        if (rollout.Paused || ReplicaSetScaler.IsScaling(rollout))
        {
            scaler.Scale(rollout);
        }
        else
        {
            Progress(rollout);
        }

        var current = Rollout.Read(rollout.Deployment, OwnedSets(stored.Uid));
        if (!rollout.Paused)
        {
            factory.CleanUp(current);
        }

        if (current.New is not null)
        {
            AnnotateRevision(key, current);
        }

        return status.Write(key, current);
    }

    private void Progress(Rollout rollout)
    {
        if (rollout.Recreate && rollout.New is null)
        {
            scaler.Shrink(rollout);
            if (OldPodsRemain(rollout))
            {
                return;
            }
        }

        if (rollout.New is null)
        {
            factory.Create(rollout);
            return;
        }

        factory.Refresh(rollout);
        if (rollout.Recreate)
        {
            scaler.Shrink(rollout);
            if (!OldPodsRemain(rollout))
            {
                scaler.Set(rollout, rollout.New, rollout.Replicas);
            }
        }
        else if (!scaler.GrowNew(rollout))
        {
            scaler.ShrinkOld(rollout);
        }
    }

    private bool OldPodsRemain(Rollout rollout) => rollout.Old.Any(set => store.Dependents(set.Uid).Any(pod => pod.Key.Type == catalog.Pods));

    private List<StoredObject> OwnedSets(string uid) =>
        [.. store.Dependents(uid).Where(set => set.Key.Type == catalog.ReplicaSets && !set.Terminating).OrderBy(set => set.Key.Name, StringComparer.Ordinal)];

    /// <summary>The revision goes in with the status, so that it makes no new generation.</summary>
    private void AnnotateRevision(ObjectKey key, Rollout rollout) => writer.Change(
        key,
        Manager,
        value => value.Ensure("metadata").Ensure("annotations")[Rollout.RevisionAnnotation] = rollout.New!.Revision.ToString(),
        status: true);
}
