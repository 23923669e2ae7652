using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// <c>apply_approved_plan</c>: the only way by which anything is written to a cluster. Every call is checked on its own; calls for the same plan then share
/// one execution.
/// </summary>
internal sealed class ApplyService(
    IPlanStore store,
    PlanAccess access,
    GrantCheck grants,
    WindowCheck windows,
    PlanExecution execution,
    PlanRecovery recovery,
    RunningExecutions running,
    ExecutionOptions options,
    TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Applies a plan, or gives the outcome of the execution that is under way.</summary>
    /// <exception cref="ToolException">The plan is not applied; the code says why.</exception>
    /// <exception cref="KubernetesException">The cluster could not be asked; nothing was written.</exception>
    /// <exception cref="PlanStoreException">The store cannot be used.</exception>
    public async Task<ApplyAnswer> ApplyAsync(PlanId id, Caller caller, IProgress<ToolProgress> progress, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var plan = await FindAsync(id, cancellationToken);
        if (plan.Content.Requester.Subject != caller.Subject)
        {
            // Somebody else's plan is answered as one that does not exist.
            throw NotFound(id);
        }

        var client = access.Open(caller, plan.Content);
        RefuseFinal(plan);
        grants.RequireGateway();
        if (plan.Status is PlanStatus.Approved)
        {
            // A plan that is being carried out was allowed when it was claimed; what may still be written of it, recovery decides.
            grants.Require(plan);
            windows.Require(plan.Content);
            if (await JoinAsync(id, progress, broadcast => execution.RunAsync(client, plan, Actor(caller), broadcast, stopping), cancellationToken) is { } outcome)
            {
                return ApplyAnswer.Of(plan with { Status = PlanStatus.Applied, Outcome = outcome });
            }
        }

        return await AwaitOutcomeAsync(id, caller, progress, cancellationToken, stopping);
    }

    /// <summary>Reads a plan that must exist and be intact.</summary>
    /// <exception cref="ToolException">It does not exist, or somebody wrote to it.</exception>
    public async Task<Plan> FindAsync(PlanId id, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await store.FindAsync(id, cancellationToken) ?? throw NotFound(id);
            return plan.IsIntact ? plan : throw Tampered(id, inner: null);
        }
        catch (PlanTamperedException exception)
        {
            throw Tampered(id, exception);
        }
    }

    /// <summary>Waits, for a bounded time, until the plan is final; an executor that died meanwhile is succeeded.</summary>
    private async Task<ApplyAnswer> AwaitOutcomeAsync(PlanId id, Caller caller, IProgress<ToolProgress> progress, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var plan = await FindAsync(id, cancellationToken);
            switch (plan.Status)
            {
                case PlanStatus.Applied:
                    return ApplyAnswer.Of(plan);
                case PlanStatus.Applying when plan.Lease is { } lease && lease.Until <= time.GetUtcNow():
                    await JoinAsync(id, progress, broadcast => RecoverAsync(id, caller, broadcast, stopping), cancellationToken);
                    break;
                default:
                    RefuseFinal(plan);
                    break;
            }

            if (time.GetElapsedTime(started) > options.WaitForOthers)
            {
                throw new ToolException(ToolErrorCode.Timeout, $"Plan {id} is still being carried out.", "Call apply_approved_plan again with the same planId to get its outcome; it runs only once.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Joins an execution; null also when it lost its hold on the plan, and another one's outcome is to be waited for.</summary>
    private async Task<PlanOutcome?> JoinAsync(PlanId id, IProgress<ToolProgress> progress, Func<ProgressBroadcast, Task<PlanOutcome?>> start, CancellationToken cancellationToken)
    {
        try
        {
            return await running.JoinAsync(id, progress, start, cancellationToken);
        }
        catch (HoldLostException)
        {
            return null;
        }
    }

    private async Task<PlanOutcome?> RecoverAsync(PlanId id, Caller caller, ProgressBroadcast progress, CancellationToken stopping)
    {
        await recovery.RecoverAsync(id, caller, progress, stopping);
        return null;
    }

    private void RefuseFinal(Plan plan)
    {
        if (PlanStatusAnswers.RefusalOf(plan, time.GetUtcNow()) is { } refusal)
        {
            throw refusal;
        }
    }

    private static AuditActor Actor(Caller caller) => new(AuditActorKind.Agent, caller.Subject, caller.Name, caller.Client);

    private static ToolException NotFound(PlanId id) =>
        new(ToolErrorCode.PlanNotFound, $"There is no plan {id} of yours.", "Use the planId that a request_* tool returned to you.");

    private static ToolException Tampered(PlanId id, Exception? inner) => new(
        ToolErrorCode.PlanTampered,
        $"Plan {id} is no longer what was planned: somebody wrote to the plan store. Nothing was changed.",
        "Tell whoever runs InfraGate, then make a new plan.",
        inner: inner);
}
