using System.Security.Cryptography;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Verifies the trail and the plans against it, all on one state of the database.</summary>
internal static class AuditVerifying
{
    /// <summary>Verifies.</summary>
    public static async Task<AuditVerification> VerifyAsync(SqlSession session, AuditVerificationOptions options, ECDsa? key)
    {
        var head = await AuditTable.ReadHeadAsync(session);
        var anchor = ReadAnchor(options.Anchor, key, out var forged);
        var checkpoints = await CheckpointTable.ReadAsync(session);
        if (anchor is not null)
        {
            // What the gateway kept outside counts more than what stands in the database under the same entry.
            checkpoints[anchor.Sequence] = options.Anchor!;
        }

        var verifier = new AuditChainVerifier(key, checkpoints);
        var first = forged ?? await FollowAsync(session, verifier) ?? verifier.Finish(head, anchor);
        var planBreaks = first is null ? await ComparePlansAsync(session, verifier.Trails, options.Contents) : [];
        return new AuditVerification(verifier.Entries, head, verifier.SignedThrough, first, planBreaks);
    }

    private static AuditCheckpoint? ReadAnchor(string? token, ECDsa? key, out AuditBreak? forged)
    {
        forged = null;
        if (token is null || key is null)
        {
            return null;
        }

        var anchor = AuditCheckpoint.Verify(token, key);
        if (anchor is null)
        {
            forged = AuditBreak.ForgedAnchor();
        }

        return anchor;
    }

    private static async Task<AuditBreak?> FollowAsync(SqlSession session, AuditChainVerifier verifier)
    {
        await foreach (var row in AuditTable.StreamAsync(session))
        {
            if (verifier.Take(row.Sequence, row.Entry) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    private static async Task<List<AuditBreak>> ComparePlansAsync(SqlSession session, IReadOnlyDictionary<PlanId, PlanTrail> trails, bool contents)
    {
        var decisions = await ReadDecisionsAsync(session);
        var breaks = new List<AuditBreak>();
        var seen = new HashSet<PlanId>();
        await foreach (var row in StreamPlansAsync(session, contents))
        {
            if (PlanId.TryParse(row.Id, out var id))
            {
                seen.Add(id);
            }

            if (Compare(row, trails.GetValueOrDefault(id), decisions.GetValueOrDefault(row.Id, string.Empty)) is { } what && breaks.Count < AuditVerification.MaximumPlanBreaks)
            {
                breaks.Add(new AuditBreak(Sequence: null, id == default ? null : id, AuditProblem.PlanDisagrees, $"Plan {row.Id}: {what}"));
            }
        }

        foreach (var missing in trails.Keys.Where(id => !seen.Contains(id)).Order().Take(AuditVerification.MaximumPlanBreaks - breaks.Count))
        {
            breaks.Add(new AuditBreak(Sequence: null, missing, AuditProblem.PlanDisagrees, $"Plan {missing} is gone, but the trail says that it was made."));
        }

        return breaks;
    }

    private static string? Compare(PlanState row, PlanTrail? trail, string decisions)
    {
        if (trail is null)
        {
            return "it is there, but the trail does not say that it was made.";
        }

        if (row.Status != trail.Status.ToString())
        {
            return $"its status is {row.Status}, but the trail says {trail.Status}.";
        }

        if (row.Digest != trail.Digest)
        {
            return "its digest is not the one that the trail says.";
        }

        if (row.Content is not null && !(PlanSeal.TryRecompute(row.Content, out var actual) && actual.Value == trail.Digest))
        {
            return "its content no longer has its digest.";
        }

        if ((row.Grant is null ? null : AuditDetails.HashOf(row.Grant)) != trail.GrantHash)
        {
            return "its grant is not the one that the trail says.";
        }

        return decisions == trail.Decisions ? null : "its decisions are not those that the trail says.";
    }

    private static async Task<Dictionary<string, string>> ReadDecisionsAsync(SqlSession session)
    {
        var decisions = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (plan, word) in session.StreamAsync(
            "SELECT plan_id, subject, verdict, signature, approver_groups FROM decision ORDER BY plan_id, number", row => (row.Text("plan_id"), DecisionTable.Word(row))))
        {
            decisions[plan] = decisions.GetValueOrDefault(plan, string.Empty) + word;
        }

        return decisions;
    }

    private static IAsyncEnumerable<PlanState> StreamPlansAsync(SqlSession session, bool contents) => session.StreamAsync(
        contents
            ? "SELECT plan.id, plan.status, plan.digest, plan.signed_grant, COALESCE(plan_content.content, '') AS content FROM plan LEFT JOIN plan_content ON plan_content.plan_id = plan.id"
            : "SELECT id, status, digest, signed_grant, CAST(NULL AS TEXT) AS content FROM plan",
        row => new PlanState(row.Text("id"), row.Text("status"), row.Text("digest"), row.TextOrNull("signed_grant"), row.TextOrNull("content")));

    private sealed record PlanState(string Id, string Status, string Digest, string? Grant, string? Content);
}
