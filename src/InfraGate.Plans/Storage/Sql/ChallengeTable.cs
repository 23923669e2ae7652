using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Approval links. Only the hash of their secret is kept: reading the database opens none.</summary>
internal static class ChallengeTable
{
    private const int SecretBytes = 32;
    private const int MaximumLive = 5;
    private const int DeletionBatch = 500;

    /// <summary>Makes one; the oldest live one ends when there would be too many.</summary>
    public static async Task<Challenge> IssueAsync(SqlSession session, PlanId plan, TimeSpan lifetime, AuditActor actor)
    {
        if (await PlanTable.FindHeadAsync(session, plan) is not { Status: PlanStatus.Pending } head || head.DueAt <= session.Now)
        {
            throw new InvalidOperationException($"Plan {plan} does not wait for a decision.");
        }

        var ended = await EndOldestAsync(session, plan);
        var challenge = new Challenge(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)), session.Now + lifetime);
        var hash = AuditDetails.HashOf(challenge.Token);
        await session.ExecuteAsync(
            "INSERT INTO challenge (token_hash, plan_id, issued_at, expires_at) VALUES (@hash, @plan, @now, @expires)",
            ("hash", hash),
            ("plan", plan.Value),
            ("now", session.Now.ToUnixTimeMilliseconds()),
            ("expires", challenge.ExpiresAt.ToUnixTimeMilliseconds()));
        var details = new JsonObject { ["challenge"] = hash, ["expiresAt"] = AuditChain.FormatTime(challenge.ExpiresAt), ["ended"] = ended };
        await AuditTable.AppendAsync(session, new(AuditActions.ChallengeIssued, plan, actor, details));
        return challenge;
    }

    /// <summary>Uses one up.</summary>
    public static async Task<(ChallengeResult Result, PlanId? Plan)> RedeemAsync(SqlSession session, string token, AuditActor actor)
    {
        var hash = AuditDetails.HashOf(token);
        var found = await FindAsync(session, hash);
        if (found is null)
        {
            return (ChallengeResult.Unknown, null);
        }

        if (found.Used || found.ExpiresAt <= session.Now)
        {
            return (found.Used ? ChallengeResult.Used : ChallengeResult.Expired, found.Plan);
        }

        await session.ExecuteAsync("UPDATE challenge SET used_at = @now WHERE token_hash = @hash", ("hash", hash), ("now", session.Now.ToUnixTimeMilliseconds()));
        await AuditTable.AppendAsync(session, new(AuditActions.ChallengeRedeemed, found.Plan, actor, new JsonObject { ["challenge"] = hash }));
        return (ChallengeResult.Redeemed, found.Plan);
    }

    /// <summary>Whether one could be used up now.</summary>
    public static async Task<bool> IsLiveAsync(SqlSession session, string token) =>
        await FindAsync(session, AuditDetails.HashOf(token)) is { Used: false } found && found.ExpiresAt > session.Now;

    /// <summary>Whether one ended before a time.</summary>
    public static async Task<bool> AnyEndedAsync(SqlSession session, DateTimeOffset before) =>
        await session.FirstAsync("SELECT token_hash FROM challenge WHERE expires_at < @before LIMIT 1", row => row.Text("token_hash"), ("before", before.ToUnixTimeMilliseconds())) is not null;

    /// <summary>Deletes those that ended before a time, the oldest first, so many at most that no other writer waits for long.</summary>
    public static Task<int> DeleteAsync(SqlSession session, DateTimeOffset before) => session.ExecuteAsync(
        "DELETE FROM challenge WHERE token_hash IN (SELECT token_hash FROM challenge WHERE expires_at < @before ORDER BY expires_at LIMIT @limit)",
        ("before", before.ToUnixTimeMilliseconds()),
        ("limit", DeletionBatch));

    private static Task<Row?> FindAsync(SqlSession session, string hash) => session.FirstAsync(
        "SELECT plan_id, expires_at, used_at FROM challenge WHERE token_hash = @hash",
        row => new Row(PlanId.Parse(row.Text("plan_id")), row.Time("expires_at"), row.NumberOrNull("used_at") is not null),
        ("hash", hash));

    private static Task<int> EndOldestAsync(SqlSession session, PlanId plan) => session.ExecuteAsync(
        """
        UPDATE challenge SET expires_at = @now WHERE token_hash IN (
          SELECT token_hash FROM challenge WHERE plan_id = @plan AND used_at IS NULL AND expires_at > @now ORDER BY issued_at DESC, token_hash LIMIT 100 OFFSET @kept)
        """,
        ("plan", plan.Value),
        ("now", session.Now.ToUnixTimeMilliseconds()),
        ("kept", MaximumLive - 1));

    private sealed record Row(PlanId Plan, DateTimeOffset ExpiresAt, bool Used);
}
