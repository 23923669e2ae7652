using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>How a live object stands to what a plan says of it.</summary>
internal enum Standing
{
    /// <summary>As it was when the plan was reviewed.</summary>
    AsBefore,

    /// <summary>As the plan says that it will be.</summary>
    AsPlanned,

    /// <summary>Neither.</summary>
    Different,
}

/// <summary>Compares live objects with sealed ones; noise never counts.</summary>
internal static class PlanComparison
{
    /// <param name="live">The object as read; null when it does not exist.</param>
    public static Standing Of(PlanTarget target, JsonObject? live)
    {
        if (IsAsPlanned(target, live))
        {
            return Standing.AsPlanned;
        }

        return IsAsBefore(target, live.TextAt("metadata", "uid"), live is null ? null : ObjectNoise.Remove(live)) ? Standing.AsBefore : Standing.Different;
    }

    /// <param name="target">The target.</param>
    /// <param name="uid">The live object's; null when it does not exist.</param>
    /// <param name="live">The live object without noise; null when it does not exist.</param>
    public static bool IsAsBefore(PlanTarget target, string? uid, JsonObject? live) =>
        live is null || target.Uid is null ? live is null && target.Uid is null : uid == target.Uid && ObjectFingerprint.Of(live) == target.Fingerprint;

    private static bool IsAsPlanned(PlanTarget target, JsonObject? live)
    {
        if (target.Change is TargetChange.Delete)
        {
            // Gone, on its way out, or already another object of the same name.
            return live is null || live.TextAt("metadata", "uid") != target.Uid || live.At("metadata", "deletionTimestamp") is not null;
        }

        if (live is null || target.DryRun is null || (target.Uid is { } uid && live.TextAt("metadata", "uid") != uid))
        {
            return false;
        }

        var planned = JsonNode.Parse(target.DryRun)!.AsObject();
        return ObjectFingerprint.Of(ServerAssigned.ForComparison(ObjectNoise.Remove(live), planned)) == target.DryRunFingerprint;
    }
}
