using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Execution;

/// <summary>What comparing a plan with the cluster established.</summary>
/// <param name="Difference">What is no longer as reviewed, in a sentence without values; null when everything is.</param>
/// <param name="Targets">The targets as they are now, in order; complete only when nothing differs.</param>
internal sealed record Freshness(string? Difference, IReadOnlyList<DryRunResult> Targets)
{
    public bool IsFresh => Difference is null;
}

/// <summary>
/// Tells whether the cluster still is what the human reviewed: every target is read again, and the sealed request tried again, which must come to the
/// reviewed result. Writes nothing.
/// </summary>
internal static class FreshnessCheck
{
    private const int PathsShown = 3;

    /// <summary>How many targets are asked about at the same time; none depends on another.</summary>
    private const int AtOnce = 4;

    /// <summary>For applying: an object that is still in the version that was planned on need not be read, since a human has seen it compared.</summary>
    /// <exception cref="KubernetesException">The cluster could not be asked; nothing is known then.</exception>
    public static Task<Freshness> CheckAsync(NamespaceClient client, PlanContent plan, CancellationToken cancellationToken) => CheckAsync(client, plan, CheckAsync, cancellationToken);

    /// <summary>
    /// For whoever decides: everything is read. A plan that somebody wrote into the store may name the right version and lie about what is in it.
    /// </summary>
    /// <exception cref="KubernetesException">The cluster could not be asked; nothing is known then.</exception>
    public static Task<Freshness> ReadAsync(NamespaceClient client, PlanContent plan, CancellationToken cancellationToken) => CheckAsync(client, plan, ReadAsync, cancellationToken);

    private static async Task<Freshness> CheckAsync(NamespaceClient client, PlanContent plan, TargetCheck check, CancellationToken cancellationToken)
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(AtOnce);
        var checks = plan.Targets.Select(target => InTurnAsync(client, target, check, places, decided.Token)).ToArray();
        try
        {
            // In the order of the plan: the first difference is the one that is reported, whichever answer came first.
            var targets = new List<DryRunResult>();
            foreach (var asked in checks)
            {
                var (difference, result) = await asked;
                if (difference is not null)
                {
                    return new Freshness(difference, targets);
                }

                targets.Add(result!);
            }

            return new Freshness(Difference: null, targets);
        }
        finally
        {
            await decided.CancelAsync();
            await ((Task)Task.WhenAll(checks)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(string? Difference, DryRunResult? Result)> InTurnAsync(
        NamespaceClient client, PlanTarget target, TargetCheck check, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await check(client, target, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    private static async Task<(string? Difference, DryRunResult? Result)> CheckAsync(NamespaceClient client, PlanTarget target, CancellationToken cancellationToken) =>
        await DryRun.RepeatUnmovedAsync(client, target, cancellationToken) is { } unmoved
            ? (DifferenceAfter(target, unmoved.Result), unmoved)
            : await ReadAsync(client, target, cancellationToken);

    private static async Task<(string? Difference, DryRunResult? Result)> ReadAsync(NamespaceClient client, PlanTarget target, CancellationToken cancellationToken)
    {
        // Read first: a request tried on an object that is gone would fail with words that hide the reason.
        var live = await client.FindDocumentAsync(ObjectKind.Of(target.ApiVersion, target.Kind).Resource, target.Name, cancellationToken);
        if (DifferenceBefore(target, live.TextAt("metadata", "uid"), live is null ? null : ObjectNoise.Remove(live)) is { } difference)
        {
            return (difference, null);
        }

        try
        {
            var again = await DryRun.RepeatAsync(client, target, live, cancellationToken);
            return (DifferenceBefore(target, again.Version.Uid, again.Live) ?? DifferenceAfter(target, again.Result), again);
        }
        catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.Invalid or KubernetesFailure.AdmissionDenied or KubernetesFailure.FieldConflict or KubernetesFailure.NotFound)
        {
            return ($"{target.Reference} would now be refused: {refusal.Message}", null);
        }
    }

    /// <param name="live">Without noise.</param>
    private static string? DifferenceBefore(PlanTarget target, string? uid, JsonObject? live)
    {
        if (PlanComparison.IsAsBefore(target, uid, live))
        {
            return null;
        }

        if (live is null)
        {
            return $"{target.Reference} was deleted since the plan was made";
        }

        if (target.Uid is null)
        {
            return $"{target.Reference} was created since the plan was made";
        }

        return uid != target.Uid
            ? $"{target.Reference} was deleted and created again since the plan was made"
            : $"{target.Reference} was changed since the plan was made ({Paths(Parse(target.Live), live)})";
    }

    private static string? DifferenceAfter(PlanTarget target, JsonObject? result)
    {
        var fingerprint = result is null ? null : ObjectFingerprint.Of(result);
        return fingerprint == target.DryRunFingerprint
            ? null
            : $"the cluster would now make something else of {target.Reference} than what was reviewed ({Paths(Parse(target.DryRun), result)})";
    }

    private static string Paths(JsonObject? before, JsonObject? after)
    {
        var paths = ObjectDiff.Compare(before, after).Select(change => change.Path).ToArray();
        var shown = string.Join(", ", paths.Take(PathsShown));
        return paths.Length <= PathsShown ? shown : $"{shown} and {paths.Length - PathsShown} more fields";
    }

    private delegate Task<(string? Difference, DryRunResult? Result)> TargetCheck(NamespaceClient client, PlanTarget target, CancellationToken cancellationToken);

    private static JsonObject? Parse(string? canonical) => canonical is null ? null : JsonNode.Parse(canonical)!.AsObject();
}
