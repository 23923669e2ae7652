using InfraGate.McpGateway.Calls;
using InfraGate.Plans;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Holds <c>apply_approved_plan</c> back until a human has decided. A plan that waits gets the caller an approval link; a decided one goes on to the server, which verifies the grant
/// itself. Nothing that a client sends here, an answer to an elicitation included, is taken for a decision.
/// </summary>
internal sealed class ApprovalStage(
    IPlanStore store, ApprovalLinks links, HumanWait wait, ApprovalPrompt prompt, DecisionSigner decisions, IPolicySource policy, TimeProvider time) : IToolCallStage
{
    /// <inheritdoc />
    public ToolCallPosition Position => ToolCallPosition.Approval;

    /// <inheritdoc />
    public async ValueTask<CallToolResult> InvokeAsync(ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        if (call.Tool != ApplyArguments.Tool)
        {
            return await next(call, cancel);
        }

        if (ApplyArguments.Read(call.Arguments) is not { } arguments)
        {
            return ToolErrors.Create(ToolErrors.InvalidArgument, "waitSeconds must be a whole number from 0 to 50.", "Call again with a number in that range, or without it.");
        }

        try
        {
            return arguments.Plan is { } id && await FindAsync(id, cancel) is { } plan
                ? await DecideAsync(plan, arguments, call, next, cancel)
                : await next(WithoutWait(call), cancel);
        }
        catch (PlanTamperedException)
        {
            return Tampered();
        }
        catch (PlanStoreException)
        {
            return ToolErrors.Create(ToolErrors.ClusterUnavailable, "The plan store cannot be used at the moment, so nothing can be approved or applied.", "Try again in a minute; tell a human if it goes on.");
        }
    }

    private async ValueTask<CallToolResult> DecideAsync(Plan plan, ApplyArguments arguments, ToolCall call, ToolCallNext next, CancellationToken cancel)
    {
        // Somebody else's plan is answered as one that does not exist: its id must be worth nothing to others.
        if (plan.Content.Requester.Subject != call.Caller.Subject || call.Caller.Namespaces?.Contains(plan.Content.Namespace, StringComparer.Ordinal) == false)
        {
            return ToolErrors.Create(ToolErrors.PlanNotFound, $"There is no plan {plan.Id} of yours.", "Use the planId that a request_* tool returned to you.");
        }

        if (!plan.IsIntact || !Waits(plan))
        {
            return await next(WithoutWait(call), cancel);
        }

        if (!decisions.HasSigned(plan))
        {
            return Tampered();
        }

        var link = await links.GiveAsync(plan, cancel);
        await prompt.ShowAsync(call, plan, link, cancel);
        var (decided, waited) = arguments.Wait > TimeSpan.Zero ? await wait.ForDecisionAsync(plan, arguments.Wait, call, cancel) : (plan, TimeSpan.Zero);
        if (Waits(decided))
        {
            return ApprovalRequired.For(decided, link, arguments.Wait, waited, IsLeftToNobody(decided));
        }

        return call.Turn is null || await call.Turn.TryEnterAsync(cancel) ? await next(WithoutWait(call), cancel) : CallTurn.NoPlace();
    }

    private bool Waits(Plan plan) => plan.Status == PlanStatus.Pending && plan.Content.ExpiresAt > time.GetUtcNow();

    /// <summary>Whether nobody may approve: in one mode only the requester might, and is a key; in the other one, nobody knows who is not its holder.</summary>
    private bool IsLeftToNobody(Plan plan) => plan.Content.Requester.IsKeyWithoutOwner
        && policy.Current.EffectiveFor(plan.Content.Namespace, plan.Content.Operation) is { NamesApprovers: false };

    /// <summary>
    /// The plan; one whose time is up is on record as expired before anything is said about it, though the sweep has not come by. Whether a grant's time is up is the server's to judge.
    /// </summary>
    private async ValueTask<Plan?> FindAsync(PlanId id, CancellationToken cancel)
    {
        var plan = await store.FindAsync(id, cancel);
        if (plan is null or { Status: not (PlanStatus.Pending or PlanStatus.Approved) } || plan.Content.ExpiresAt > time.GetUtcNow())
        {
            return plan;
        }

        await store.ExpireDueAsync(cancel);
        return await store.FindAsync(id, cancel);
    }

    private static CallToolResult Tampered() => ToolErrors.Create(
        ToolErrors.PlanTampered,
        "What is stored of the plan is not what was sealed and signed. It can never be approved or applied.",
        "Tell a human, and request the change again.");

    private static ToolCall WithoutWait(ToolCall call) => call.Arguments.ContainsKey(ApplyArguments.WaitSeconds)
        ? call with { Arguments = call.Arguments.Where(pair => pair.Key != ApplyArguments.WaitSeconds).ToDictionary(StringComparer.Ordinal) }
        : call;
}
