using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage;

/// <summary>
/// Where plans, decisions, challenges and the audit trail live. Used by several processes at once. Every change is one database transaction that also holds its
/// audit entry; a change that loses a race changes nothing and says so. All members throw <see cref="PlanStoreException"/> when the database cannot be used:
/// callers refuse then, they never guess.
/// </summary>
public interface IPlanStore
{
    /// <summary>Brings the database to the schema this program knows. Safe to call from several processes at once.</summary>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Seals and stores a new plan as Pending. When a pending, unexpired plan of the same requester with the same <paramref name="requestKey"/> exists, it is cancelled in
    /// the same transaction as replaced by this one.
    /// </summary>
    /// <exception cref="PendingPlanLimitException">The requester has <see cref="PlanStoreSettings.MaxPendingPlans"/> others waiting; nothing was stored.</exception>
    Task<Plan> AddAsync(PlanContent content, string requestKey, CancellationToken cancellationToken = default);

    /// <summary>The plan, its digest recomputed; null when there is none of that id.</summary>
    /// <exception cref="PlanTamperedException">The stored content is no longer a plan's content at all, so that there is nothing to show.</exception>
    Task<Plan?> FindAsync(PlanId id, CancellationToken cancellationToken = default);

    /// <summary>The pending, unexpired plan of a requester with this key; null when there is none.</summary>
    Task<Plan?> FindPendingAsync(string requesterSubject, string requestKey, CancellationToken cancellationToken = default);

    /// <summary>One page of plans.</summary>
    Task<PlanPage> ListAsync(PlanQuery query, CancellationToken cancellationToken = default);

    /// <summary>How many plans are in each status.</summary>
    Task<IReadOnlyDictionary<Lifecycle.PlanStatus, long>> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the given edges one after the other in one transaction, each with its audit entry. False, and nothing changed, when the plan is not in the first edge's
    /// <see cref="PlanTransition.From"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">An edge is not one of the status machine, or they do not join.</exception>
    Task<bool> TryTransitionAsync(PlanId id, IReadOnlyList<PlanTransition> edges, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records a decision and, in the same transaction, the transition that follows from it, if any. False, and nothing changed, when the plan is no longer Pending, the subject
    /// has spoken before, or the number of decisions is no longer <paramref name="expectedDecisions"/> (somebody else spoke meanwhile: evaluate again).
    /// </summary>
    /// <param name="id">The plan.</param>
    /// <param name="decision">What somebody said.</param>
    /// <param name="expectedDecisions">How many had spoken before.</param>
    /// <param name="transition">What follows from it; null when nothing does yet.</param>
    /// <param name="policyVersion">The version of the policy under which it was taken, for the audit entry; null where that is not known.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    Task<bool> TryDecideAsync(PlanId id, Decision decision, int expectedDecisions, PlanTransition? transition, string? policyVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a challenge for a pending plan that lives for the given time. At most five live ones exist for a plan; the oldest goes.</summary>
    /// <exception cref="InvalidOperationException">There is no pending plan of that id (any more): read it again.</exception>
    Task<Challenge> IssueChallengeAsync(PlanId id, TimeSpan lifetime, AuditActor actor, CancellationToken cancellationToken = default);

    /// <summary>Uses a challenge up, exactly once, and says for which plan it was (also when it was used or expired; null only when unknown).</summary>
    Task<(ChallengeResult Result, PlanId? Plan)> RedeemChallengeAsync(string token, AuditActor actor, CancellationToken cancellationToken = default);

    /// <summary>Whether a challenge would still be redeemed: it is known, was not used, and its time has not run out. Reads only; another process may use it a moment later.</summary>
    Task<bool> IsChallengeLiveAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes challenges that ended before the given time, a bounded number of them, and returns how many: call it again from time to time. A deleted one is unknown from then on; the
    /// audit trail still tells of it.
    /// </summary>
    Task<int> DeleteChallengesAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken = default);

    /// <summary>Records what became of one target of a plan that this owner is carrying out. False when the owner no longer holds the plan.</summary>
    Task<bool> TryRecordTargetAsync(PlanId id, string owner, TargetOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records what became of the last target that an owner carries out, and ends the plan with the outcome of the given edge, in one transaction with both audit entries. False, and
    /// nothing changed, when the owner no longer holds the plan.
    /// </summary>
    /// <exception cref="InvalidOperationException">The edge is not one of the status machine.</exception>
    Task<bool> TryRecordLastTargetAsync(PlanId id, string owner, TargetOutcome outcome, PlanTransition ending, CancellationToken cancellationToken = default);

    /// <summary>Prolongs the lease of a plan that is Applying. False when it is held by somebody else or is no longer Applying.</summary>
    Task<bool> TryRenewLeaseAsync(PlanId id, ExecutionLease lease, CancellationToken cancellationToken = default);

    /// <summary>Takes over a plan whose lease has run out. False when it has not, or somebody else was quicker.</summary>
    Task<bool> TryTakeOverAsync(PlanId id, ExecutionLease lease, CancellationToken cancellationToken = default);

    /// <summary>Adds what was observed after the end (the rollout) to a final plan's outcome.</summary>
    Task UpdateRolloutsAsync(PlanId id, IReadOnlyList<RolloutReport> rollouts, CancellationToken cancellationToken = default);

    /// <summary>The plans that are Applying and whose lease has run out.</summary>
    Task<IReadOnlyList<PlanId>> FindAbandonedAsync(CancellationToken cancellationToken = default);

    /// <summary>Moves pending and approved plans whose time has run out to Expired; returns how many.</summary>
    Task<int> ExpireDueAsync(CancellationToken cancellationToken = default);

    /// <summary>The audit trail from a sequence number upwards, in order.</summary>
    IAsyncEnumerable<AuditEntry> ReadAuditAsync(long fromSequence = 1, CancellationToken cancellationToken = default);

    /// <summary>The newest audit entries first, filtered, for pages.</summary>
    Task<IReadOnlyList<AuditEntry>> SearchAuditAsync(AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>The recorded end of the chain: how many entries there are and the last one's hash.</summary>
    Task<AuditHead> ReadAuditHeadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Verifies the whole trail and every plan against it, on one state of the database: edited, removed, moved and rewritten entries, a removed end, plans that are not as recorded.
    /// Takes time in proportion to both.
    /// </summary>
    /// <exception cref="FormatException">The given public key is none.</exception>
    Task<AuditVerification> VerifyAuditAsync(AuditVerificationOptions options, CancellationToken cancellationToken = default);
}
