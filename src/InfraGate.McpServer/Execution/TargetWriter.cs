using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Writes one target, tied to the object that was reviewed. A write whose answer is lost is never repeated blindly: the object is read until it tells what
/// happened, and only a write that has not happened is sent again, with the same precondition, so that of the two at most one can take effect.
/// </summary>
internal sealed class TargetWriter(NamespaceClient client, LeaseKeeper lease, ExecutionOptions options, TimeProvider time)
{
    private const int MaximumSends = 5;
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestThrottle = TimeSpan.FromSeconds(5);

    /// <param name="target">The target.</param>
    /// <param name="version">The object as it was found fresh; none when it does not exist.</param>
    /// <param name="cancellationToken">Only the end of the process cancels.</param>
    /// <exception cref="OutcomeUnknownException">The cluster does not answer any more.</exception>
    /// <exception cref="PlanStoreException">The hold on the plan is lost.</exception>
    public async Task<TargetWrite> WriteAsync(PlanTarget target, Preconditions version, CancellationToken cancellationToken)
    {
        var kind = ObjectKind.Of(target.ApiVersion, target.Kind);
        for (var sends = 1; ; sends++)
        {
            // Whoever took over may have written already, and somebody may have undone it on purpose: "as before" is no leave to write any more.
            lease.Require();
            TargetWrite? end;
            try
            {
                var written = await PlannedRequests.SendAsync(client, kind, target.Name, target.Request, version, dryRun: false, cancellationToken);
                return Confirmed(target, written);
            }
            catch (KubernetesException failure) when (IsUncertain(failure))
            {
                (end, version) = await EstablishAsync(target, kind, failure, cancellationToken);
            }
            catch (KubernetesException failure) when (failure.Failure is KubernetesFailure.Conflict or KubernetesFailure.AlreadyExists or KubernetesFailure.NotFound)
            {
                (end, version) = await AfterConflictAsync(target, kind, failure, cancellationToken);
            }
            catch (KubernetesException failure) when (failure.Failure is KubernetesFailure.Throttled && sends < MaximumSends)
            {
                // 429 is answered before anything is done.
                end = null;
                await Task.Delay(Throttle(failure), time, cancellationToken);
            }
            catch (KubernetesException refusal)
            {
                return TargetWrite.Refused($"The API server refused: {refusal.Message}");
            }

            if (end is not null)
            {
                return end;
            }

            if (sends == MaximumSends)
            {
                return TargetWrite.Refused($"It was not written: {MaximumSends} attempts did not get through.");
            }
        }
    }

    private static TargetWrite Confirmed(PlanTarget target, WriteResult written)
    {
        if (target.Change is TargetChange.Delete)
        {
            // What a deletion answers is the object as it was, or a Status.
            return TargetWrite.Written(document: null);
        }

        // A create by server-side apply has no precondition: an object that appeared in the last moment was merged with instead.
        if (target.Change is TargetChange.Create && !written.Created)
        {
            return PlanComparison.Of(target, written.Document) is Standing.AsPlanned
                ? TargetWrite.AlreadySo(written.Document, "It was created by somebody else in the last moment and is as planned.")
                : TargetWrite.Refused("It was created by somebody else in the last moment; the request was merged with that object, which is not what was reviewed.", written.Document);
        }

        return TargetWrite.Written(written.Document);
    }

    /// <summary>Reads until the object tells whether a write happened whose answer was lost.</summary>
    private async Task<(TargetWrite? End, Preconditions Version)> EstablishAsync(PlanTarget target, ObjectKind kind, KubernetesException lost, CancellationToken cancellationToken)
    {
        var live = await ReadAsync(kind, target.Name, lost, cancellationToken);
        var end = PlanComparison.Of(target, live) switch
        {
            Standing.AsPlanned => TargetWrite.Written(live, "The answer was lost; reading the object again showed that it was written."),
            Standing.AsBefore => null,
            _ => TargetWrite.Refused($"The answer was lost ({lost.Failure}) and the object is neither as before nor as planned."),
        };
        return (end, DryRun.PreconditionsOf(live));
    }

    /// <summary>The precondition did not hold. When only noise moved (a Pod became ready) the write is tied to the new version; otherwise somebody changed the object.</summary>
    private async Task<(TargetWrite? End, Preconditions Version)> AfterConflictAsync(PlanTarget target, ObjectKind kind, KubernetesException conflict, CancellationToken cancellationToken)
    {
        var live = await ReadAsync(kind, target.Name, conflict, cancellationToken);
        var end = PlanComparison.Of(target, live) switch
        {
            Standing.AsBefore => null,
            Standing.AsPlanned => TargetWrite.AlreadySo(live, "It already was as planned when it was to be written."),
            _ => TargetWrite.Moved($"{target.Reference} was changed in the moment before it was to be written"),
        };
        return (end, DryRun.PreconditionsOf(live));
    }

    private async Task<JsonObject?> ReadAsync(ObjectKind kind, string name, KubernetesException cause, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await client.FindDocumentAsync(kind.Resource, name, cancellationToken);
            }
            catch (KubernetesException failure) when (time.GetElapsedTime(started) < options.EstablishWithin && (failure.IsTransient || failure.Failure is KubernetesFailure.Timeout))
            {
                await Task.Delay(ReadPause, time, cancellationToken);
            }
            catch (KubernetesException failure)
            {
                throw new OutcomeUnknownException($"What became of {kind.Name}/{name} could not be established: {cause.Message} Then: {failure.Message}", failure);
            }
        }
    }

    private static bool IsUncertain(KubernetesException failure) =>
        failure.Failure is KubernetesFailure.Timeout or KubernetesFailure.Unreachable or KubernetesFailure.ServerError;

    private static TimeSpan Throttle(KubernetesException failure)
    {
        var wait = failure.RetryAfter ?? TimeSpan.FromSeconds(1);
        return wait < LongestThrottle ? wait : LongestThrottle;
    }
}
