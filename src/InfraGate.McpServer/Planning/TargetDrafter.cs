using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning;

/// <summary>Tries each wanted change on the cluster and keeps what came of it.</summary>
internal static class TargetDrafter
{
    /// <exception cref="ToolException">A change is refused.</exception>
    /// <exception cref="KubernetesException">The cluster refused or could not be reached.</exception>
    public static async Task<IReadOnlyList<DraftTarget>> DraftAsync(NamespaceClient client, IReadOnlyList<RequestedChange> changes, CancellationToken cancellationToken) =>
        await Task.WhenAll(changes.Select(async change => Draft(change, await TryAsync(client, change, cancellationToken))));

    private static async Task<DryRunResult> TryAsync(NamespaceClient client, RequestedChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await DryRun.TryAsync(client, change, cancellationToken);
        }
        catch (KubernetesException refusal)
        {
            throw Refusals.Of(refusal, change);
        }
    }

    private static DraftTarget Draft(RequestedChange change, DryRunResult tried)
    {
        if (tried.Sent is not null && UnknownFields.Find(tried.Sent, tried.ResultFull!) is { Count: > 0 } unknown)
        {
            throw Refusals.Unknown(change, unknown);
        }

        var differences = ObjectDiff.Compare(tried.Live, tried.Result);
        var kind = tried.Live is null ? TargetChange.Create
            : change.Patch is null ? TargetChange.Delete
            : differences.Count == 0 ? TargetChange.None : TargetChange.Update;
        return new DraftTarget
        {
            Kind = change.Kind,
            Name = change.Name,
            Change = kind,
            Uid = tried.Version.Uid,
            ResourceVersion = tried.Version.ResourceVersion,
            Live = tried.Live,
            Result = tried.Result,
            Sent = tried.Sent,
            Request = tried.Request,
            Changes = differences,
            Conflicts = tried.Conflicts,
            Warnings = tried.Warnings,
        };
    }
}
