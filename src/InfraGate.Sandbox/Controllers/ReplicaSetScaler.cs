using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;

namespace InfraGate.Sandbox.Controllers;

/// <summary>Changes the sizes of a Deployment's ReplicaSets within maxSurge and maxUnavailable.</summary>
internal sealed class ReplicaSetScaler(SystemWriter writer, EventRecorder events)
{
    private const string Manager = "kube-controller-manager";
    private const string DesiredAnnotation = "deployment.kubernetes.io/desired-replicas";

    /// <summary>Whether the wanted number changed while ReplicaSets already run: then sizes change before the rollout goes on.</summary>
    public static bool IsScaling(Rollout rollout) => rollout.All.Any(set =>
        set.Replicas > 0 && set.Value.Text("metadata", "annotations", DesiredAnnotation) is { } desired && desired != rollout.Replicas.ToString());

    /// <summary>Spreads a new number over the running ReplicaSets: over one alone, or in proportion during a rollout.</summary>
    public void Scale(Rollout rollout)
    {
        var active = rollout.All.Where(set => set.Replicas > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.FirstOrDefault() ?? rollout.New ?? rollout.All.MaxBy(set => set.Revision);
            if (only is not null)
            {
                Set(rollout, only, rollout.Replicas);
            }

            return;
        }

        if (rollout.New is { } complete && complete.Replicas == rollout.Replicas && complete.Available == rollout.Replicas)
        {
            Shrink(rollout);
            return;
        }

        ScaleInProportion(rollout, active);
    }

    /// <summary>Adds to the present ReplicaSet what the surge allows; true when it changed something.</summary>
    public bool GrowNew(Rollout rollout)
    {
        var present = rollout.New!;
        if (present.Replicas == rollout.Replicas)
        {
            return false;
        }

        if (present.Replicas > rollout.Replicas)
        {
            return Set(rollout, present, rollout.Replicas);
        }

        var room = rollout.Replicas + rollout.MaxSurge - rollout.TotalReplicas;
        return room > 0 && Set(rollout, present, present.Replicas + Math.Min(room, rollout.Replicas - present.Replicas));
    }

    /// <summary>Takes from the old ReplicaSets what may be missing: first what never became available, then what does.</summary>
    public void ShrinkOld(Rollout rollout)
    {
        var minimum = rollout.Replicas - rollout.MaxUnavailable;
        var unavailableNew = rollout.New!.Replicas - rollout.New.Available;
        var room = rollout.TotalReplicas - minimum - unavailableNew;
        var spare = rollout.AvailableReplicas - minimum;
        foreach (var set in rollout.Old.Where(set => set.Replicas > 0).OrderBy(set => set.Created, StringComparer.Ordinal))
        {
            var unhealthy = Math.Clamp(set.Replicas - set.Available, 0, Math.Max(0, room));
            room -= unhealthy;
            var healthy = Math.Clamp(Math.Min(set.Replicas - unhealthy, spare), 0, Math.Max(0, room));
            room -= healthy;
            spare -= healthy;
            if (unhealthy + healthy > 0)
            {
                Set(rollout, set, set.Replicas - unhealthy - healthy);
            }
        }
    }

    /// <summary>Empties the old ReplicaSets.</summary>
    public void Shrink(Rollout rollout)
    {
        foreach (var set in rollout.Old.Where(set => set.Replicas > 0))
        {
            Set(rollout, set, 0);
        }
    }

    /// <summary>Gives a ReplicaSet a size and says so in an event; true when that is a change.</summary>
    public bool Set(Rollout rollout, OwnedSet set, int replicas)
    {
        writer.Change(set.Key, Manager, value =>
        {
            value.Ensure("spec")["replicas"] = replicas;
            var annotations = value.Ensure("metadata").Ensure("annotations");
            annotations[DesiredAnnotation] = rollout.Replicas.ToString();
            annotations["deployment.kubernetes.io/max-replicas"] = (rollout.Replicas + rollout.MaxSurge).ToString();
        });
        if (replicas == set.Replicas)
        {
            return false;
        }

        var direction = replicas > set.Replicas ? "up" : "down";
        events.Record(
            rollout.Deployment, "deployment-controller", "Normal", "ScalingReplicaSet",
            $"Scaled {direction} replica set {set.Key.Name} to {replicas}");
        return true;
    }

    private void ScaleInProportion(Rollout rollout, List<OwnedSet> active)
    {
        var allowed = rollout.Replicas > 0 ? rollout.Replicas + rollout.MaxSurge : 0;
        var total = active.Sum(set => set.Replicas);
        var left = allowed - total;
        foreach (var (set, index) in active.OrderByDescending(set => set.Replicas).ThenByDescending(set => set.Revision).Select((set, index) => (set, index)))
        {
            var share = index == active.Count - 1 ? left : (int)Math.Round((double)set.Replicas * (allowed - total) / total);
            share = left >= 0 ? Math.Clamp(share, 0, left) : Math.Clamp(share, left, 0);
            left -= share;
            Set(rollout, set, Math.Max(0, set.Replicas + share));
        }
    }
}
