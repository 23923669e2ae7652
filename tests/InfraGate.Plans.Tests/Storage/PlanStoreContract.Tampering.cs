using System.Security.Cryptography;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task A_trail_that_nobody_touched_is_whole()
    {
        await TellAStoryAsync();

        var verified = await Store.VerifyAuditAsync(new AuditVerificationOptions());

        verified.IsWhole.ShouldBeTrue();
        verified.Entries.ShouldBe(10);
        verified.Head.Sequence.ShouldBe(10);
        verified.SignedThrough.ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor_name = 'Mallory' WHERE sequence = 3", AuditProblem.Edited, 3)]
    [InlineData("UPDATE audit_entry SET actor_client = NULL WHERE sequence = 1", AuditProblem.Edited, 1)]
    [InlineData("UPDATE audit_entry SET at = at + 1 WHERE sequence = 4", AuditProblem.Edited, 4)]
    [InlineData("UPDATE audit_entry SET details = '{}' WHERE sequence = 10", AuditProblem.Edited, 10)]
    [InlineData("UPDATE audit_entry SET to_status = 'Denied' WHERE sequence = 3", AuditProblem.Edited, 3)]
    [InlineData("UPDATE audit_entry SET hash = '" + Zeros + "' WHERE sequence = 5", AuditProblem.Edited, 5)]
    [InlineData("UPDATE audit_entry SET previous_hash = '" + Zeros + "' WHERE sequence = 5", AuditProblem.Moved, 5)]
    [InlineData("UPDATE audit_entry SET to_status = 'Blessed' WHERE sequence = 3", AuditProblem.Unreadable, 3)]
    [InlineData("UPDATE audit_entry SET plan_id = 'x' WHERE sequence = 3", AuditProblem.Unreadable, 3)]
    [InlineData("UPDATE audit_entry SET at = 9223372036854775807 WHERE sequence = 3", AuditProblem.Unreadable, 3)]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 1", AuditProblem.Removed, 1)]
    [InlineData("DELETE FROM audit_entry WHERE sequence IN (4, 5)", AuditProblem.Removed, 4)]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 4; UPDATE audit_entry SET sequence = 1 - sequence WHERE sequence > 4; UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0", AuditProblem.Moved, 4)]
    [InlineData("UPDATE audit_entry SET sequence = -sequence WHERE sequence IN (3, 4); UPDATE audit_entry SET sequence = 7 + sequence WHERE sequence < 0", AuditProblem.Moved, 3)]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 10", AuditProblem.Truncated, 10)]
    [InlineData("DELETE FROM audit_entry", AuditProblem.Truncated, 1)]
    [InlineData("UPDATE audit_head SET sequence = 9", AuditProblem.Appended, 10)]
    [InlineData("UPDATE audit_head SET hash = '" + Zeros + "'", AuditProblem.Edited, 10)]
    public async Task The_first_broken_entry_is_named(string sql, AuditProblem problem, long sequence)
    {
        await TellAStoryAsync();

        await ExecuteRawAsync(sql);

        var verified = await Store.VerifyAuditAsync(new AuditVerificationOptions());
        verified.IsWhole.ShouldBeFalse();
        verified.FirstBreak.ShouldNotBeNull();
        verified.FirstBreak.Problem.ShouldBe(problem, verified.FirstBreak.Message);
        verified.FirstBreak.Sequence.ShouldBe(sequence);
    }

    [Theory]
    [InlineData("UPDATE plan SET status = 'Approved' WHERE id = '{pending}'", "status is Approved")]
    [InlineData("UPDATE plan SET status = 'Pending' WHERE id = '{applied}'", "status is Pending")]
    [InlineData("UPDATE plan SET digest = 'sha256:" + Zeros + "' WHERE id = '{pending}'", "digest is not")]
    [InlineData("UPDATE plan SET signed_grant = 'a.b.c' WHERE id = '{applied}'", "grant is not")]
    [InlineData("UPDATE plan SET signed_grant = 'a.b.c' WHERE id = '{pending}'", "grant is not")]
    [InlineData("UPDATE plan_content SET content = '{}' WHERE plan_id = '{pending}'", "content no longer")]
    [InlineData("UPDATE plan_content SET content = 'no json' WHERE plan_id = '{pending}'", "content no longer")]
    [InlineData("DELETE FROM plan_content WHERE plan_id = '{pending}'", "content no longer")]
    [InlineData("DELETE FROM decision WHERE plan_id = '{applied}'", "decisions are not")]
    [InlineData("UPDATE decision SET verdict = 'approve' WHERE plan_id = '{denied}'", "decisions are not")]
    [InlineData("UPDATE decision SET subject = 'mallory' WHERE plan_id = '{applied}'", "decisions are not")]
    [InlineData("DELETE FROM plan WHERE id = '{pending}'", "is gone")]
    [InlineData("DELETE FROM audit_entry WHERE sequence > 8; UPDATE audit_head SET sequence = 8, hash = (SELECT hash FROM audit_entry WHERE sequence = 8)", "trail does not say that it was made")]
    public async Task A_plan_that_is_not_as_the_trail_says_is_named(string sql, string expected)
    {
        var story = await TellAStoryAsync();

        await ExecuteRawAsync(sql
            .Replace("{pending}", story.Pending.Value, StringComparison.Ordinal)
            .Replace("{applied}", story.Applied.Value, StringComparison.Ordinal)
            .Replace("{denied}", story.Denied.Value, StringComparison.Ordinal));

        var verified = await Store.VerifyAuditAsync(new AuditVerificationOptions());
        verified.FirstBreak.ShouldBeNull();
        verified.PlanBreaks.ShouldHaveSingleItem().Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Content_that_was_edited_is_not_intact()
    {
        var story = await TellAStoryAsync();
        await ExecuteRawAsync("UPDATE plan_content SET content = REPLACE(content, 'replicas', 'replicaz')");

        (await Store.FindAsync(story.Pending))!.IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task Content_and_digest_edited_together_are_not_intact()
    {
        var story = await TellAStoryAsync();
        var forged = PlanSeal.Of((await Store.FindAsync(story.Pending))!.Content with { Namespace = "kube-system" });
        await ExecuteRawAsync($"UPDATE plan_content SET content = '{forged.Json}' WHERE plan_id = '{story.Pending}'; UPDATE plan SET digest = '{forged.Digest}' WHERE id = '{story.Pending}'");

        (await Store.FindAsync(story.Pending))!.IsIntact.ShouldBeFalse();

        await ExecuteRawAsync($"UPDATE audit_entry SET details = REPLACE(details, 'sha256:', 'sha256;') WHERE plan_id = '{story.Pending}'");
        (await Store.FindAsync(story.Pending))!.IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task The_content_of_another_plan_is_not_intact()
    {
        var story = await TellAStoryAsync();
        await ExecuteRawAsync(
            $"UPDATE plan_content SET content = (SELECT content FROM plan_content WHERE plan_id = '{story.Applied}') WHERE plan_id = '{story.Pending}'; "
            + $"UPDATE plan SET digest = (SELECT digest FROM plan WHERE id = '{story.Applied}') WHERE id = '{story.Pending}'");

        (await Store.FindAsync(story.Pending))!.IsIntact.ShouldBeFalse();
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    public async Task Content_that_is_no_plan_any_more_is_told_as_tampering(string content)
    {
        var story = await TellAStoryAsync();
        await ExecuteRawAsync($"UPDATE plan_content SET content = '{content}' WHERE plan_id = '{story.Pending}'");

        (await Should.ThrowAsync<PlanTamperedException>(() => Store.FindAsync(story.Pending))).Plan.ShouldBe(story.Pending);
    }

    [Fact]
    public async Task A_chain_that_was_computed_anew_is_noticed_by_its_signatures()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var gateway = OpenStore(new AuditSigner(key, anchorPath: null));
        await TellAStoryAsync(gateway);
        var options = new AuditVerificationOptions { PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) };
        var before = await Store.VerifyAuditAsync(options);
        before.IsWhole.ShouldBeTrue();
        before.SignedThrough.ShouldBe(1);

        await RewriteAsync(entries => entries[0] = entries[0] with { Actor = entries[0].Actor with { Name = "Mallory" } });

        (await Store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue("the chain hangs together");
        (await Store.VerifyAuditAsync(options)).FirstBreak!.Problem.ShouldBe(AuditProblem.Rewritten);

        await ExecuteRawAsync("UPDATE audit_checkpoint SET signature = 'a.b.c'");
        (await Store.VerifyAuditAsync(options)).FirstBreak!.Problem.ShouldBe(AuditProblem.ForgedCheckpoint);
    }

    [Fact]
    public async Task The_anchor_outside_of_the_database_notices_removed_signatures_and_a_removed_end()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var folder = Directory.CreateTempSubdirectory("infragate-anchor-");
        try
        {
            var path = Path.Combine(folder.FullName, AuditSigner.AnchorFileName);
            var signer = new AuditSigner(key, path);
            await using var gateway = OpenStore(signer);
            await TellAStoryAsync(gateway);
            Time.Advance(TimeSpan.FromMinutes(1));
            var last = await gateway.AddAsync(PlanBuilder.Scale(Now), "one more");
            signer.Problem.ShouldBeNull();
            var options = new AuditVerificationOptions { PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), Anchor = AuditSigner.ReadAnchor(path) };
            (await Store.VerifyAuditAsync(options)).SignedThrough.ShouldBe(11);

            await ExecuteRawAsync("DELETE FROM audit_checkpoint");
            (await Store.VerifyAuditAsync(options)).IsWhole.ShouldBeTrue();
            await ExecuteRawAsync($"DELETE FROM plan_content WHERE plan_id = '{last.Id}'; DELETE FROM plan WHERE id = '{last.Id}'; DELETE FROM audit_entry WHERE sequence = 11; "
                + "UPDATE audit_head SET sequence = 10, hash = (SELECT hash FROM audit_entry WHERE sequence = 10)");

            (await Store.VerifyAuditAsync(options with { Anchor = null })).IsWhole.ShouldBeTrue("nothing inside shows it");
            (await Store.VerifyAuditAsync(options)).FirstBreak!.Problem.ShouldBe(AuditProblem.Truncated);
            (await Store.VerifyAuditAsync(options with { Anchor = "a.b.c" })).FirstBreak!.Problem.ShouldBe(AuditProblem.ForgedCheckpoint);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_signature_of_another_purpose_is_no_checkpoint()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var story = await TellAStoryAsync();
        var grant = new GrantSigner(key, Time).Sign(story.Pending, PlanDigest.Of("x"u8), ["bob"], Now.AddMinutes(5));

        await ExecuteRawAsync($"INSERT INTO audit_checkpoint (sequence, signed_at, signature) VALUES (10, 0, '{grant.Token}')");

        var options = new AuditVerificationOptions { PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) };
        (await Store.VerifyAuditAsync(options)).FirstBreak!.Problem.ShouldBe(AuditProblem.ForgedCheckpoint);
        await Should.ThrowAsync<FormatException>(() => Store.VerifyAuditAsync(options with { PublicKey = "no key" }));
    }

    [Fact]
    public async Task An_edge_that_does_not_exist_is_noticed_even_in_a_chain_that_hangs_together()
    {
        await TellAStoryAsync();

        await RewriteAsync(entries => entries[2] = entries[2] with { To = PlanStatus.Applied, Action = AuditActions.PlanApplied });

        var verified = await Store.VerifyAuditAsync(new AuditVerificationOptions());
        verified.FirstBreak!.Problem.ShouldBe(AuditProblem.Impossible);
        verified.FirstBreak.Sequence.ShouldBe(3);
    }

    /// <summary>Ten entries: a plan applied (1–5), a plan denied (6–8), a plan that waits (9) and has a link (10).</summary>
    private async Task<Story> TellAStoryAsync(SqlPlanStore? store = null)
    {
        store ??= Store;
        var applied = await store.AddAsync(PlanBuilder.Scale(Now), "applied");
        await store.TryDecideAsync(applied.Id, Edges.Word("bob", Verdict.Approve, Now), 0, Edges.Approve());
        var written = new TargetOutcome("Deployment/nginx-demo", TargetResult.Written, Message: null, "42", Now);
        var finish = Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { Outcome = new PlanOutcome { Targets = [written] } };
        await store.TryTransitionAsync(applied.Id, [Edges.Claim("me", Now.AddMinutes(1)), finish]);
        var denied = await store.AddAsync(PlanBuilder.Scale(Now), "denied");
        await store.TryDecideAsync(denied.Id, Edges.Word("bob", Verdict.Deny, Now, "No."), 0, Edges.To(PlanStatus.Pending, PlanStatus.Denied, "No.") with { Actor = Edges.Bob });
        var pending = await store.AddAsync(PlanBuilder.Scale(Now), "pending");
        await store.IssueChallengeAsync(pending.Id, TimeSpan.FromMinutes(10), Edges.Bob);
        return new Story(applied.Id, denied.Id, pending.Id);
    }

    /// <summary>What an attacker does who knows how the chain is made: edits, and hashes everything anew.</summary>
    private async Task RewriteAsync(Action<List<AuditEntry>> edit)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Store.ReadAuditAsync())
        {
            entries.Add(entry);
        }

        edit(entries);
        var previous = AuditChain.Genesis;
        foreach (var edited in entries)
        {
            var linked = edited with { PreviousHash = previous };
            previous = AuditChain.HashOf(linked);
            var to = linked.To is { } status ? $"'{status}'" : "NULL";
            await ExecuteRawAsync(
                $"UPDATE audit_entry SET actor_name = '{linked.Actor.Name}', action = '{linked.Action}', to_status = {to}, previous_hash = '{linked.PreviousHash}', hash = '{previous}' WHERE sequence = {linked.Sequence}");
        }

        await ExecuteRawAsync($"UPDATE audit_head SET hash = '{previous}'");
    }

    private sealed record Story(PlanId Applied, PlanId Denied, PlanId Pending);
}
