using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// Reads an object and tries a request on it without storing anything. Both are of one version of it, so that a difference between the two is the request's doing
/// and nobody else's: the try carries the version that was read as its precondition, or its answer says that it was tried on that one.
/// </summary>
internal static partial class DryRun
{
    // A Deployment in the middle of a rollout changes its version several times a second.
    private const int MaximumAttempts = 8;

    /// <summary>Tries a change that a call wants; a field conflict is tried again with force and recorded.</summary>
    /// <exception cref="ToolException">The object does not exist, or the change does not fit it.</exception>
    /// <exception cref="KubernetesException">The cluster refused.</exception>
    public static async Task<DryRunResult> TryAsync(NamespaceClient client, RequestedChange change, CancellationToken cancellationToken) =>
        await TryAtOnceAsync(client, change, cancellationToken) ?? await SteadyAsync(
            async _ =>
            {
                var live = await client.FindDocumentAsync(change.Kind.Resource, change.Name, cancellationToken);
                if (live is null && !change.MayCreate)
                {
                    throw new ToolException(
                        ToolErrorCode.NotFound, $"{change.Kind.Name} '{change.Name}' does not exist in namespace '{client.Namespace}'.", "Check the name; get_k8s_status lists what is there.");
                }

                var body = change.Body(live);
                var request = PlannedRequests.Make(client.Namespace, change, body, force: false);
                try
                {
                    return await TryAsync(client, change.Kind, change.Name, PreconditionsOf(live), Clean(live), body, request, [], cancellationToken);
                }
                catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.FieldConflict && change.Patch is PatchKind.Apply)
                {
                    var forced = PlannedRequests.Make(client.Namespace, change, body, force: true);
                    return await TryAsync(client, change.Kind, change.Name, PreconditionsOf(live), Clean(live), body, forced, Conflicts(refusal), cancellationToken);
                }
            });

    /// <summary>Reads the object and tries the request at the same time, which takes one way to the API server instead of two.</summary>
    /// <returns>
    /// Null when the two are not certain to be of one version, the object wants another body, or one of them was refused for what it asks: one after the other, they show what is so.
    /// </returns>
    /// <exception cref="ToolException">The change does not fit the object.</exception>
    /// <exception cref="KubernetesException">The cluster could not be asked, or is asked too much already.</exception>
    private static async Task<DryRunResult?> TryAtOnceAsync(NamespaceClient client, RequestedChange change, CancellationToken cancellationToken)
    {
        if (change.LikelyBody is not { } likely)
        {
            return null;
        }

        var request = PlannedRequests.Make(client.Namespace, change, likely, force: false);
        var reading = client.FindDocumentAsync(change.Kind.Resource, change.Name, cancellationToken);
        var trying = PlannedRequests.SendAsync(client, change.Kind, change.Name, request, Preconditions.None, dryRun: true, cancellationToken);
        try
        {
            await Task.WhenAll(reading, trying);
        }
        catch (KubernetesException refusal) when (IsForWhatItSays(refusal))
        {
            return null;
        }

        var (live, answer) = (await reading, await trying);
        var isOfOneVersion = live is null ? answer.Created : PreconditionsOf(live) == PreconditionsOf(answer.Document);
        return isOfOneVersion && JsonNode.DeepEquals(change.Body(live), likely)
            ? Result(PreconditionsOf(live), Clean(live), likely.DeepClone().AsObject(), request, [], answer)
            : null;
    }

    /// <summary>Tries a sealed request again, as it is.</summary>
    /// <param name="client">Where.</param>
    /// <param name="target">What was sealed.</param>
    /// <param name="read">The object as it was read a moment ago, null when there is none; it is read again only when it has moved since.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <exception cref="KubernetesException">The cluster refused, or force would now take a field from somebody whom nobody has reviewed.</exception>
    public static Task<DryRunResult> RepeatAsync(NamespaceClient client, PlanTarget target, JsonObject? read, CancellationToken cancellationToken)
    {
        var kind = ObjectKind.Of(target.ApiVersion, target.Kind);
        return SteadyAsync(
            async attempt =>
            {
                var live = attempt == 1 ? read : await client.FindDocumentAsync(kind.Resource, target.Name, cancellationToken);
                await RequireReviewedConflictsAsync(client, kind, target, PreconditionsOf(live), cancellationToken);
                return await TryAsync(client, kind, target.Name, PreconditionsOf(live), Clean(live), Sent(target), target.Request, target.Conflicts, cancellationToken);
            });
    }

    /// <summary>
    /// Tries a sealed request again on the very version that it was planned on. That it is still the one needs no reading then: the API server refuses the try
    /// of a request whose precondition does not hold.
    /// </summary>
    /// <returns>Null when the object is in another version, or the request was refused for what it says: only reading tells why.</returns>
    /// <exception cref="KubernetesException">The cluster could not be asked, or does not let InfraGate ask.</exception>
    public static async Task<DryRunResult?> RepeatUnmovedAsync(NamespaceClient client, PlanTarget target, CancellationToken cancellationToken)
    {
        if (target is not { Uid: not null, ResourceVersion: not null, Live: { } live })
        {
            return null;
        }

        try
        {
            return await TryAsync(
                client,
                ObjectKind.Of(target.ApiVersion, target.Kind),
                target.Name,
                new Preconditions(target.Uid, target.ResourceVersion),
                JsonNode.Parse(live)!.AsObject(),
                Sent(target),
                target.Request,
                target.Conflicts,
                cancellationToken);
        }
        catch (KubernetesException refusal) when (IsForWhatItSays(refusal))
        {
            return null;
        }
    }

    /// <summary>
    /// Who owns a field does not show in what an object says: somebody may have claimed one since, at the value that it has, and force would take it from them in silence.
    /// </summary>
    private static async Task RequireReviewedConflictsAsync(NamespaceClient client, ObjectKind kind, PlanTarget target, Preconditions version, CancellationToken cancellationToken)
    {
        if (target.Conflicts.Count == 0)
        {
            return;
        }

        try
        {
            await PlannedRequests.SendAsync(client, kind, target.Name, PlannedRequests.WithoutForce(target.Request), version, dryRun: true, cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal.Failure is KubernetesFailure.FieldConflict)
        {
            if (Conflicts(refusal).Except(target.Conflicts).FirstOrDefault() is { } unreviewed)
            {
                throw new KubernetesException(KubernetesFailure.FieldConflict, $"it would also take {unreviewed.Path} from '{unreviewed.Manager}', who did not manage it when the plan was made");
            }
        }
    }

    /// <summary>The object that a sealed request carries; null for a deletion.</summary>
    public static JsonObject? Sent(PlanTarget target) =>
        target.Change is TargetChange.Delete || target.Request.Body is null ? null : JsonNode.Parse(target.Request.Body)!.AsObject();

    private static async Task<DryRunResult> SteadyAsync(Func<int, Task<DryRunResult>> attempt)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt(attempts);
            }
            catch (KubernetesException moved) when (moved.Failure is KubernetesFailure.Conflict or KubernetesFailure.AlreadyExists && attempts < MaximumAttempts)
            {
                // The object changed between the read and the try; both are repeated.
            }
        }
    }

    private static async Task<DryRunResult> TryAsync(
        NamespaceClient client,
        ObjectKind kind,
        string name,
        Preconditions version,
        JsonObject? live,
        JsonObject? sent,
        PlannedRequest request,
        IReadOnlyList<FieldConflict> conflicts,
        CancellationToken cancellationToken)
    {
        var answer = live is null && sent is null
            ? null
            : await PlannedRequests.SendAsync(client, kind, name, request, version, dryRun: true, cancellationToken);
        if (live is null && answer is { Created: false })
        {
            throw new KubernetesException(KubernetesFailure.Conflict, $"{kind.Name} '{name}' appeared while the request was tried.");
        }

        return Result(version, live, sent, request, conflicts, answer);
    }

    private static DryRunResult Result(
        Preconditions version, JsonObject? live, JsonObject? sent, PlannedRequest request, IReadOnlyList<FieldConflict> conflicts, WriteResult? answer)
    {
        JsonObject? result = null;
        if (sent is not null)
        {
            result = ObjectNoise.Remove(answer!.Document);
            ServerAssigned.RemoveFrom(result, live, sent);
        }

        return new DryRunResult(version, live, sent, sent is null ? null : answer!.Document, result, request, conflicts, answer?.Warnings ?? []);
    }

    /// <summary>Whether a request was refused for what it says of this object, so that it may be another one after reading; whoever cannot be asked now cannot be asked again either.</summary>
    private static bool IsForWhatItSays(KubernetesException refusal) => refusal.Failure is
        KubernetesFailure.Conflict or KubernetesFailure.AlreadyExists or KubernetesFailure.NotFound or KubernetesFailure.Invalid or KubernetesFailure.AdmissionDenied or KubernetesFailure.FieldConflict;

    /// <summary>The preconditions that tie a write to the object as it was read; none when it does not exist.</summary>
    public static Preconditions PreconditionsOf(JsonObject? live) =>
        live is null ? Preconditions.None : new Preconditions(live.TextAt("metadata", "uid"), live.TextAt("metadata", "resourceVersion"));

    private static JsonObject? Clean(JsonObject? live) => live is null ? null : ObjectNoise.Remove(live);

    private static List<FieldConflict> Conflicts(KubernetesException refusal) =>
    [
        .. refusal.Causes
            .Where(cause => cause.Reason is "FieldManagerConflict")
            .Select(cause => new FieldConflict(cause.Field ?? "?", Manager().Match(cause.Message ?? "") is { Success: true } match ? match.Groups["manager"].Value : cause.Message ?? "?"))
            .Distinct(),
    ];

    // kubernetes/apimachinery: conflict with "kubectl-edit" using apps/v1
    [GeneratedRegex("^conflict with \"(?<manager>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Manager();
}
