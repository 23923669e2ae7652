using System.Security.Cryptography;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    private const string RemoveTheEnd =
        "DELETE FROM audit_checkpoint WHERE sequence > 10; DELETE FROM plan_content WHERE plan_id IN (SELECT plan_id FROM audit_entry WHERE sequence > 10); "
        + "DELETE FROM plan WHERE id IN (SELECT plan_id FROM audit_entry WHERE sequence > 10); DELETE FROM audit_entry WHERE sequence > 10; "
        + "UPDATE audit_head SET sequence = 10, hash = (SELECT hash FROM audit_entry WHERE sequence = 10)";

    [Fact]
    public async Task A_gateway_that_starts_anew_goes_on_signing_where_the_last_one_stopped()
    {
        using var signing = new Signing();
        await SignTheStoryAsync(signing);

        var restarted = signing.Start();
        await using var gateway = await StartAsync(restarted);
        await AddLaterAsync(gateway);

        restarted.Alarm.ShouldBeNull();
        var verified = await Store.VerifyAuditAsync(signing.Options());
        verified.IsWhole.ShouldBeTrue();
        verified.SignedThrough.ShouldBe(12);
        (await Store.VerifyAuditAsync(signing.Options() with { Anchor = null })).SignedThrough.ShouldBe(12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_history_that_was_rewritten_without_its_signatures_is_never_signed(bool restarted)
    {
        using var signing = new Signing();
        var signer = signing.Start();
        await using var first = await SignTheStoryAsync(signing, signer);
        var anchor = signing.Anchor;

        await RewriteAsync(entries => entries[0] = entries[0] with { Actor = entries[0].Actor with { Name = "Mallory" } });
        await ExecuteRawAsync("DELETE FROM audit_checkpoint");
        signer = restarted ? signing.Start() : signer;
        await using var gateway = await StartAsync(signer);
        await AddLaterAsync(gateway);

        signer.Alarm.ShouldNotBeNull().ShouldContain("computed anew");
        signing.Anchor.ShouldBe(anchor);
        (await Store.VerifyAuditAsync(signing.Options() with { Anchor = null })).SignedThrough.ShouldBe(0, "nothing was signed again");
        (await Store.VerifyAuditAsync(signing.Options())).FirstBreak!.Problem.ShouldBe(AuditProblem.Rewritten);
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_never_signed_however_long_it_grows()
    {
        using var signing = new Signing();
        await SignTheStoryAsync(signing);
        var anchor = signing.Anchor;

        await ExecuteRawAsync(RemoveTheEnd);
        var signer = signing.Start();
        await using var gateway = await StartAsync(signer);

        signer.Alarm.ShouldNotBeNull().ShouldContain("older copy");
        for (var i = 0; i < 3; i++)
        {
            await AddLaterAsync(gateway);
        }

        signer.Alarm.ShouldNotBeNull().ShouldContain("computed anew");
        signing.Anchor.ShouldBe(anchor);
        (await Store.VerifyAuditAsync(signing.Options())).FirstBreak!.Problem.ShouldBe(AuditProblem.Rewritten);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor_name = 'Mallory' WHERE sequence = 12", "was edited")]
    [InlineData("UPDATE audit_entry SET actor_name = 'Mallory' WHERE sequence = 11", "was edited")]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 12", "is gone")]
    [InlineData("DELETE FROM audit_entry WHERE sequence = 11", "is gone")]
    [InlineData("INSERT INTO audit_checkpoint (sequence, signed_at, signature) VALUES (12, 0, 'a.b.c')", "was not signed")]
    [InlineData("INSERT INTO audit_checkpoint (sequence, signed_at, signature) VALUES (999, 0, 'a.b.c')", "signed entry 999")]
    public async Task Entries_since_the_last_signature_are_signed_only_when_they_hang_together(string sql, string expected)
    {
        using var signing = new Signing();
        var signer = signing.Start();
        await using var gateway = await SignTheStoryAsync(signing, signer);
        await gateway.AddAsync(PlanBuilder.Scale(Now), "not signed yet");
        var anchor = signing.Anchor;

        await ExecuteRawAsync(sql);
        await AddLaterAsync(gateway);

        signer.Alarm.ShouldNotBeNull().ShouldContain(expected);
        signing.Anchor.ShouldBe(anchor);
    }

    [Fact]
    public async Task What_another_key_signed_outside_of_the_database_is_no_anchor_and_stays()
    {
        using var signing = new Signing();
        await SignTheStoryAsync(signing);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new AuditCheckpoint(5, AuditChain.Genesis, 0).Sign(stranger);
        signing.Anchor = forged;

        var signer = signing.Start();
        await using var gateway = await StartAsync(signer);
        await AddLaterAsync(gateway);

        signer.Alarm.ShouldNotBeNull().ShouldContain("not signed by the gateway's key");
        signing.Anchor.ShouldBe(forged);
    }

    [Fact]
    public async Task The_signatures_in_the_database_are_what_counts_when_nothing_is_kept_outside()
    {
        using var signing = new Signing();
        await SignTheStoryAsync(signing);
        File.Delete(signing.Path);

        var signer = signing.Start();
        await using var gateway = await StartAsync(signer);
        await AddLaterAsync(gateway);

        signer.Alarm.ShouldBeNull();
        (await Store.VerifyAuditAsync(signing.Options())).SignedThrough.ShouldBe(12);

        await RewriteAsync(entries => entries[0] = entries[0] with { Actor = entries[0].Actor with { Name = "Mallory" } });
        File.Delete(signing.Path);
        var misled = signing.Start();
        await using var again = await StartAsync(misled);
        misled.Alarm.ShouldNotBeNull().ShouldContain("computed anew");
    }

    [Fact]
    public async Task A_second_gateway_with_the_same_key_signs_on_and_the_first_goes_on_after_it()
    {
        using var signing = new Signing();
        var first = signing.Start();
        await using var one = await SignTheStoryAsync(signing, first);
        var second = signing.Start();
        await using var two = await StartAsync(second);

        await AddLaterAsync(two);
        await AddLaterAsync(one);
        await AddLaterAsync(two);

        first.Alarm.ShouldBeNull();
        second.Alarm.ShouldBeNull();
        (await Store.VerifyAuditAsync(signing.Options())).SignedThrough.ShouldBe(14);
    }

    /// <summary>Ten entries and an eleventh, which is signed inside and outside of the database.</summary>
    private async Task<SqlPlanStore> SignTheStoryAsync(Signing signing, AuditSigner signer)
    {
        var gateway = await StartAsync(signer);
        await TellAStoryAsync(gateway);
        await AddLaterAsync(gateway);
        signer.Alarm.ShouldBeNull();
        (await Store.VerifyAuditAsync(signing.Options())).SignedThrough.ShouldBe(11);
        return gateway;
    }

    private async Task SignTheStoryAsync(Signing signing)
    {
        await using var gateway = await SignTheStoryAsync(signing, signing.Start());
    }

    private async Task<SqlPlanStore> StartAsync(AuditSigner signer)
    {
        var gateway = OpenStore(signer);
        await gateway.InitializeAsync();
        return gateway;
    }

    private async Task AddLaterAsync(SqlPlanStore gateway)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.AddAsync(PlanBuilder.Scale(Now), Guid.NewGuid().ToString());
    }

    /// <summary>A key root: a key, and a file beside it.</summary>
    private sealed class Signing : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("infragate-signing-");
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public string Path => System.IO.Path.Combine(_folder.FullName, AuditSigner.AnchorFileName);

        public string? Anchor
        {
            get => AuditSigner.ReadAnchor(Path);
            set => File.WriteAllText(Path, value);
        }

        public AuditSigner Start() => new(_key, Path);

        public AuditVerificationOptions Options() => new() { PublicKey = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), Anchor = Anchor };

        public void Dispose()
        {
            _key.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
