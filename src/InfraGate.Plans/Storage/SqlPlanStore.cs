using System.Runtime.CompilerServices;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage.Sql;

namespace InfraGate.Plans.Storage;

/// <summary>The plan store in a SQL database: SQLite in the approval root or PostgreSQL. Made by <see cref="PlanStores"/>.</summary>
public sealed class SqlPlanStore : IPlanStore, IAsyncDisposable
{
    private const int AuditPage = 500;
    private const int ExpiryBatch = 200;

    private readonly SqlDatabase _database;
    private readonly AuditSigner? _signer;
    private readonly int _maxPendingPlans;

    internal SqlPlanStore(SqlDialect dialect, PlanStoreSettings settings, TimeProvider timeProvider)
    {
        _database = new SqlDatabase(dialect, timeProvider);
        _signer = settings.AuditSigner;
        _maxPendingPlans = settings.MaxPendingPlans;
    }

    /// <inheritdoc />
    public async Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        await _database.MigrateAsync(SchemaMigrator.MigrateAsync, cancellationToken);
        if (_signer is not null)
        {
            _signer.Conclude(await _database.ReadAsync(session => AuditSigning.InspectAsync(session, _signer), cancellationToken));
        }
    }

    /// <inheritdoc />
    public Task<Plan> AddAsync(PlanContent content, string requestKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(requestKey);
        var seal = PlanSeal.Of(content);
        return WriteAsync(session => PlanChanges.AddAsync(session, content, seal, requestKey, _maxPendingPlans), cancellationToken);
    }

    /// <inheritdoc />
    public Task<Plan?> FindAsync(PlanId id, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => PlanReader.FindAsync(session, id), cancellationToken);

    /// <inheritdoc />
    public Task<Plan?> FindPendingAsync(string requesterSubject, string requestKey, CancellationToken cancellationToken = default) => _database.ReadAsync(
        async session =>
        {
            var waiting = await PlanChanges.FindWaitingAsync(session, requesterSubject, requestKey);
            return waiting.FirstOrDefault(plan => plan.DueAt > session.Now) is { } plan ? await PlanReader.FindAsync(session, plan.Id) : null;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<PlanPage> ListAsync(PlanQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync(session => PlanList.ReadAsync(session, query), cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<PlanStatus, long>> CountAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(PlanTable.ReadCountsAsync, cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryTransitionAsync(PlanId id, IReadOnlyList<PlanTransition> edges, CancellationToken cancellationToken = default)
    {
        TransitionRules.Check(edges);
        return WriteAsync(session => PlanChanges.TryTransitionAsync(session, id, edges), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> TryDecideAsync(PlanId id, Decision decision, int expectedDecisions, PlanTransition? transition, string? policyVersion = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (transition is not null)
        {
            TransitionRules.Check([transition]);
        }

        return WriteAsync(session => PlanChanges.TryDecideAsync(session, id, decision, expectedDecisions, transition, policyVersion), cancellationToken);
    }

    /// <inheritdoc />
    public Task<Challenge> IssueChallengeAsync(PlanId id, TimeSpan lifetime, AuditActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        return WriteAsync(session => ChallengeTable.IssueAsync(session, id, lifetime, actor), cancellationToken);
    }

    /// <inheritdoc />
    public Task<(ChallengeResult Result, PlanId? Plan)> RedeemChallengeAsync(string token, AuditActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return WriteAsync(session => ChallengeTable.RedeemAsync(session, token, actor), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> IsChallengeLiveAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _database.ReadAsync(session => ChallengeTable.IsLiveAsync(session, token), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<int> DeleteChallengesAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken = default)
    {
        // Most of the time there are none, and nobody need wait for a writer that writes nothing.
        var any = await _database.ReadAsync(session => ChallengeTable.AnyEndedAsync(session, endedBefore), cancellationToken);
        return any ? await WriteAsync(session => ChallengeTable.DeleteAsync(session, endedBefore), cancellationToken) : 0;
    }

    /// <inheritdoc />
    public Task<bool> TryRecordTargetAsync(PlanId id, string owner, TargetOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return WriteAsync(session => PlanChanges.TryRecordTargetAsync(session, id, owner, outcome), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> TryRecordLastTargetAsync(PlanId id, string owner, TargetOutcome outcome, PlanTransition ending, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        TransitionRules.Check([ending]);
        return WriteAsync(session => PlanChanges.TryRecordLastTargetAsync(session, id, owner, outcome, ending), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> TryRenewLeaseAsync(PlanId id, ExecutionLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return WriteAsync(session => PlanChanges.TryRenewLeaseAsync(session, id, lease), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> TryTakeOverAsync(PlanId id, ExecutionLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return WriteAsync(session => PlanChanges.TryTakeOverAsync(session, id, lease), cancellationToken);
    }

    /// <inheritdoc />
    public Task UpdateRolloutsAsync(PlanId id, IReadOnlyList<RolloutReport> rollouts, CancellationToken cancellationToken = default) => WriteAsync(
        async session =>
        {
            await PlanChanges.UpdateRolloutsAsync(session, id, rollouts);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PlanId>> FindAbandonedAsync(CancellationToken cancellationToken = default) => await _database.ReadAsync(
        session => session.AllAsync(
            "SELECT id FROM plan WHERE status = @status AND lease_until <= @now ORDER BY id",
            row => PlanId.Parse(row.Text("id")),
            ("status", PlanStatus.Applying.ToString()),
            ("now", session.Now.ToUnixTimeMilliseconds())),
        cancellationToken);

    /// <inheritdoc />
    public async Task<int> ExpireDueAsync(CancellationToken cancellationToken = default)
    {
        var expired = 0;
        while (true)
        {
            var due = await _database.ReadAsync(FindDueAsync, cancellationToken);
            if (due.Count == 0)
            {
                return expired;
            }

            expired += await WriteAsync(session => ExpireAsync(session, due), cancellationToken);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditEntry> ReadAuditAsync(long fromSequence = 1, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = fromSequence;
        while (true)
        {
            var from = next;
            var page = await _database.ReadAsync(session => AuditTable.ReadPageAsync(session, from, AuditPage), cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < AuditPage)
            {
                yield break;
            }

            next = page[^1].Sequence + 1;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AuditEntry>> SearchAuditAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _database.ReadAsync(session => AuditTable.SearchAsync(session, query), cancellationToken);
    }

    /// <inheritdoc />
    public Task<AuditHead> ReadAuditHeadAsync(CancellationToken cancellationToken = default) => _database.ReadAsync(AuditTable.ReadHeadAsync, cancellationToken);

    /// <inheritdoc />
    public async Task<AuditVerification> VerifyAuditAsync(AuditVerificationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var key = options.PublicKey is { } publicKey ? GrantVerifier.ImportPublicKey(publicKey) : null;
        return await _database.ReadAsync(session => AuditVerifying.VerifyAsync(session, options, key), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_signer is null)
        {
            return await _database.WriteAsync(work, cancellationToken);
        }

        var (result, attempt) = await _database.WriteAsync(
            async session => (await work(session), await AuditSigning.SignIfDueAsync(session, _signer)), cancellationToken);
        if (attempt is not null)
        {
            _signer.Conclude(attempt);
        }

        return result;
    }

    private static async Task<List<PlanId>> FindDueAsync(SqlSession session)
    {
        var due = new List<PlanId>();
        foreach (var status in (PlanStatus[])[PlanStatus.Pending, PlanStatus.Approved])
        {
            due.AddRange(await session.AllAsync(
                "SELECT id FROM plan WHERE status = @status AND due_at <= @now ORDER BY due_at LIMIT @limit",
                row => PlanId.Parse(row.Text("id")),
                ("status", status.ToString()),
                ("now", session.Now.ToUnixTimeMilliseconds()),
                ("limit", ExpiryBatch)));
        }

        return due;
    }

    private static async Task<int> ExpireAsync(SqlSession session, List<PlanId> due)
    {
        var expired = 0;
        foreach (var id in due)
        {
            expired += await PlanChanges.TryExpireAsync(session, id) ? 1 : 0;
        }

        return expired;
    }
}
