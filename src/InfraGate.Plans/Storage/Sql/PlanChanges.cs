using System.Text.Json.Nodes;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Every change of a plan, each with its audit entry, inside the caller's unit of work.</summary>
internal static class PlanChanges
{
    /// <summary>Stores a new plan; a plan that still waits for the same request ends.</summary>
    /// <exception cref="PendingPlanLimitException">As many plans of the requester wait as may, the one that would be replaced not counted.</exception>
    public static async Task<Plan> AddAsync(SqlSession session, PlanContent content, PlanSeal seal, string requestKey, int maxPending)
    {
        foreach (var earlier in await FindWaitingAsync(session, content.Requester.Subject, requestKey))
        {
            await MoveAsync(session, earlier, Replace(earlier, content, session.Now));
        }

        if (maxPending > 0 && await PlanTable.CountWaitingAsync(session, content.Requester.Subject) >= maxPending)
        {
            throw new PendingPlanLimitException(maxPending);
        }

        await PlanTable.InsertAsync(session, content, seal, requestKey);
        await AuditTable.AppendAsync(session, new(AuditActions.PlanCreated, content.Id, AuditActor.For(content.Requester), AuditDetails.OfCreation(content, seal.Digest))
        {
            To = PlanStatus.Pending,
        });
        return new Plan { Content = content, Digest = seal.Digest, IsIntact = true, Status = PlanStatus.Pending, StatusChangedAt = session.Now };
    }

    /// <summary>Takes edges one after the other; false, and nothing changed, when the first does not start where the plan is.</summary>
    public static async Task<bool> TryTransitionAsync(SqlSession session, PlanId id, IReadOnlyList<PlanTransition> edges)
    {
        var plan = await PlanTable.FindHeadAsync(session, id);
        if (plan is null || plan.Status != edges[0].From || (edges[0].HeldBy is { } owner && plan.Lease?.Owner != owner))
        {
            return false;
        }

        foreach (var edge in edges)
        {
            await MoveAsync(session, plan, edge);
        }

        return true;
    }

    /// <summary>Records a decision and what follows from it; false, and nothing changed, when somebody was quicker.</summary>
    public static async Task<bool> TryDecideAsync(SqlSession session, PlanId id, Decision decision, int expectedDecisions, PlanTransition? transition, string? policyVersion)
    {
        var plan = await PlanTable.FindHeadAsync(session, id);
        var earlier = await DecisionTable.ReadAsync(session, id);
        if (plan is not { Status: PlanStatus.Pending } || earlier.Count != expectedDecisions || earlier.Any(word => word.Subject == decision.Subject))
        {
            return false;
        }

        await DecisionTable.InsertAsync(session, id, earlier.Count, decision);
        var actor = new AuditActor(AuditActorKind.Human, decision.Subject, decision.Name, Client: null);
        await AuditTable.AppendAsync(session, new(AuditActions.DecisionRecorded, id, actor, AuditDetails.OfDecision(decision, plan.Digest, policyVersion)));
        if (transition is not null)
        {
            await MoveAsync(session, plan, transition);
        }

        return true;
    }

    /// <summary>Records what became of one target; false when the owner no longer holds the plan.</summary>
    public static async Task<bool> TryRecordTargetAsync(SqlSession session, PlanId id, string owner, TargetOutcome outcome)
    {
        var head = await PlanTable.FindHeadAsync(session, id);
        if (head is null || !head.IsHeldBy(owner))
        {
            return false;
        }

        var plan = (await PlanReader.FindAsync(session, id))!;
        var before = plan.Outcome ?? new PlanOutcome { Targets = [.. plan.Content.Targets.Select(target => NotAttempted(target, session.Now))] };
        await PlanTable.SetOutcomeAsync(session, id, before with { Targets = [.. before.Targets.Select(target => target.Target == outcome.Target ? outcome : target)] });
        await AuditTable.AppendAsync(session, new(AuditActions.TargetRecorded, id, AuditActor.InfraGate, AuditDetails.OfTarget(outcome, owner)));
        return true;
    }

    /// <summary>Records what became of the last target and ends the plan, whose outcome the edge brings whole; false when the owner no longer holds the plan.</summary>
    public static async Task<bool> TryRecordLastTargetAsync(SqlSession session, PlanId id, string owner, TargetOutcome outcome, PlanTransition ending)
    {
        var head = await PlanTable.FindHeadAsync(session, id);
        if (head is null || !head.IsHeldBy(owner))
        {
            return false;
        }

        await AuditTable.AppendAsync(session, new(AuditActions.TargetRecorded, id, AuditActor.InfraGate, AuditDetails.OfTarget(outcome, owner)));
        await MoveAsync(session, head, ending);
        return true;
    }

    /// <summary>Prolongs a lease. Not a change of the plan's state, so without an audit entry.</summary>
    public static async Task<bool> TryRenewLeaseAsync(SqlSession session, PlanId id, ExecutionLease lease)
    {
        if (await PlanTable.FindHeadAsync(session, id) is not { } plan || !plan.IsHeldBy(lease.Owner))
        {
            return false;
        }

        await PlanTable.SetLeaseAsync(session, id, lease);
        return true;
    }

    /// <summary>Gives a plan whose lease has run out to another executor.</summary>
    public static async Task<bool> TryTakeOverAsync(SqlSession session, PlanId id, ExecutionLease lease)
    {
        if (await PlanTable.FindHeadAsync(session, id) is not { Status: PlanStatus.Applying, Lease: { } held } || held.Until > session.Now)
        {
            return false;
        }

        await PlanTable.SetLeaseAsync(session, id, lease);
        var details = new JsonObject { ["owner"] = lease.Owner, ["previousOwner"] = held.Owner };
        await AuditTable.AppendAsync(session, new(AuditActions.PlanTakenOver, id, AuditActor.InfraGate, details));
        return true;
    }

    /// <summary>Adds what was observed after the end.</summary>
    public static async Task UpdateRolloutsAsync(SqlSession session, PlanId id, IReadOnlyList<RolloutReport> rollouts)
    {
        if (await PlanTable.FindHeadAsync(session, id) is { Outcome: { } outcome } plan && plan.Status.IsFinal())
        {
            await PlanTable.SetOutcomeAsync(session, id, outcome with { Rollouts = rollouts });
            await AuditTable.AppendAsync(session, new(AuditActions.RolloutRecorded, id, AuditActor.InfraGate, AuditDetails.OfRollouts(rollouts)));
        }
    }

    /// <summary>Ends a plan whose time has run out; false when it no longer can or need.</summary>
    public static async Task<bool> TryExpireAsync(SqlSession session, PlanId id)
    {
        if (await PlanTable.FindHeadAsync(session, id) is not { Status: PlanStatus.Pending or PlanStatus.Approved } plan || plan.DueAt > session.Now)
        {
            return false;
        }

        await MoveAsync(session, plan, Expire(plan));
        return true;
    }

    /// <summary>The plans of a requester that still wait under a request key, also when their time has run out unnoticed.</summary>
    public static async Task<List<PlanHead>> FindWaitingAsync(SqlSession session, string requesterSubject, string requestKey) =>
        await session.AllAsync(
            """
            SELECT id, status, digest, risk, created_at, due_at, outcome, lease_owner, lease_until FROM plan
            WHERE requester_subject = @subject AND request_key = @key AND status = @status ORDER BY created_at DESC
            """,
            PlanHead.From,
            ("subject", requesterSubject),
            ("key", requestKey),
            ("status", PlanStatus.Pending.ToString()));

    private static async Task MoveAsync(SqlSession session, PlanHead plan, PlanTransition edge)
    {
        if (!await PlanTable.TryMoveAsync(session, plan, edge))
        {
            throw new PlanStoreException($"Plan {plan.Id} changed under a lock that should have kept it.");
        }

        await AuditTable.AppendAsync(session, new(AuditActions.For(edge.To), plan.Id, edge.Actor, AuditDetails.OfTransition(edge, plan.Digest))
        {
            From = edge.From,
            To = edge.To,
        });
    }

    private static PlanTransition Replace(PlanHead earlier, PlanContent later, DateTimeOffset now) => earlier.DueAt <= now
        ? Expire(earlier)
        : new PlanTransition
        {
            From = PlanStatus.Pending,
            To = PlanStatus.Cancelled,
            Actor = AuditActor.For(later.Requester),
            Reason = $"Replaced by plan {later.Id} for the same request.",
        };

    private static PlanTransition Expire(PlanHead plan) => new()
    {
        From = plan.Status,
        To = PlanStatus.Expired,
        Actor = AuditActor.InfraGate,
        Reason = plan.Status == PlanStatus.Pending ? "Nobody decided in time." : "It was approved and not applied in time.",
    };

    private static TargetOutcome NotAttempted(PlanTarget target, DateTimeOffset now) => new(target.Reference, TargetResult.NotAttempted, Message: null, ResourceVersion: null, now);
}
