using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

public abstract partial class PlanStoreContract
{
    [Fact]
    public async Task A_list_shows_waiting_plans_by_risk_then_age_and_the_others_newest_first()
    {
        var plain = await AddAsync("plain");
        var warned = await AddAsync("warned", FindingSeverity.Warn);
        var old = await AddAsync("old", FindingSeverity.Acknowledge);
        var young = await AddAsync("young", FindingSeverity.Acknowledge);
        var denied = await AddAsync("denied");
        var cancelled = await AddAsync("cancelled", FindingSeverity.Acknowledge);
        await Store.TryTransitionAsync(denied, [Edges.To(PlanStatus.Pending, PlanStatus.Denied)]);
        await Store.TryTransitionAsync(cancelled, [Edges.To(PlanStatus.Pending, PlanStatus.Cancelled)]);

        var page = await Store.ListAsync(new PlanQuery());

        page.Plans.Select(plan => plan.Id).ShouldBe([old, young, warned, plain, cancelled, denied]);
        page.Next.ShouldBeNull();
        page.Plans[0].Risk.ShouldBe(FindingSeverity.Acknowledge);
        page.Plans[3].Risk.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_follow_each_other_without_gap_or_repeat(int pageSize)
    {
        for (var i = 0; i < 14; i++)
        {
            var id = await AddAsync($"plan-{i}", (FindingSeverity)(i % 3));
            if (i % 2 == 0)
            {
                await Store.TryTransitionAsync(id, [Edges.To(PlanStatus.Pending, i % 4 == 0 ? PlanStatus.Denied : PlanStatus.Cancelled)]);
            }
        }

        var whole = (await Store.ListAsync(new PlanQuery { Limit = 50 })).Plans.Select(plan => plan.Id).ToList();
        var paged = new List<PlanId>();
        string? after = null;
        do
        {
            var page = await Store.ListAsync(new PlanQuery { Limit = pageSize, After = after });
            page.Plans.Count.ShouldBeLessThanOrEqualTo(pageSize);
            paged.AddRange(page.Plans.Select(plan => plan.Id));
            after = page.Next;
        }
        while (after is not null);

        whole.Count.ShouldBe(14);
        paged.ShouldBe(whole);
    }

    [Fact]
    public async Task Every_filter_must_hold()
    {
        var bob = new Requester("bob", "Bob Ümlaut", "claude", "Claude Code");
        var mine = await Store.AddAsync(PlanBuilder.Scale(Now, name: "web"), "1");
        var theirs = await Store.AddAsync(PlanBuilder.Scale(Now, bob, name: "api_100%"), "2");
        var elsewhere = await Store.AddAsync(PlanBuilder.Scale(Now, bob, namespaceName: "other"), "3");
        var deletion = await Store.AddAsync(PlanBuilder.Delete(Now), "4");

        (await IdsAsync(new PlanQuery { Namespace = "other" })).ShouldBe([elsewhere.Id]);
        (await Store.ListAsync(new PlanQuery { Namespace = "other" })).Plans.ShouldHaveSingleItem().Requester.ShouldBe(bob);
        (await IdsAsync(new PlanQuery { RequesterSubject = "bob" })).ShouldBe([theirs.Id, elsewhere.Id], ignoreOrder: true);
        (await IdsAsync(new PlanQuery { RequesterSubject = "bob", Namespace = "mcp-nginx-demo" })).ShouldBe([theirs.Id]);
        (await IdsAsync(new PlanQuery { Operation = PlanOperation.Delete })).ShouldBe([deletion.Id]);
        (await IdsAsync(new PlanQuery { Text = "WEB" })).ShouldBe([mine.Id]);
        (await IdsAsync(new PlanQuery { Text = "ümLAUT", Namespace = "other" })).ShouldBe([elsewhere.Id]);
        (await IdsAsync(new PlanQuery { Text = "100%" })).ShouldBe([theirs.Id]);
        (await IdsAsync(new PlanQuery { Text = "i_1" })).ShouldBe([theirs.Id]);
        (await IdsAsync(new PlanQuery { Text = "w_b" })).ShouldBeEmpty();
        (await IdsAsync(new PlanQuery { Text = mine.Id.Value.ToLowerInvariant() })).ShouldBe([mine.Id]);
        (await IdsAsync(new PlanQuery { Statuses = [PlanStatus.Applied] })).ShouldBeEmpty();
        (await IdsAsync(new PlanQuery { Statuses = [PlanStatus.Applied, PlanStatus.Pending, PlanStatus.Pending] })).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_position_that_was_edited_means_the_beginning_and_injects_nothing()
    {
        await AddAsync("plan");

        (await IdsAsync(new PlanQuery { After = "'; DROP TABLE plan; --" })).Count.ShouldBe(1);
        (await IdsAsync(new PlanQuery { Namespace = "' OR '1'='1" })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_page_has_a_bound(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(new PlanQuery { Limit = limit }));

    [Fact]
    public async Task Counts_follow_every_transition()
    {
        await AddAsync("a");
        var approved = await ApprovedAsync("b");
        await Store.TryTransitionAsync(approved.Id, [Edges.Claim("me", Now.AddMinutes(1)), Edges.To(PlanStatus.Applying, PlanStatus.Failed)]);

        var counts = await Store.CountAsync();

        counts[PlanStatus.Pending].ShouldBe(1);
        counts[PlanStatus.Failed].ShouldBe(1);
        counts[PlanStatus.Approved].ShouldBe(0);
        counts[PlanStatus.Applying].ShouldBe(0);
        counts.Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_challenge_works_once_and_for_its_time()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var first = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);
        var second = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);

        first.Token.Length.ShouldBe(43);
        (await Store.RedeemChallengeAsync(first.Token, Edges.Bob)).ShouldBe((ChallengeResult.Redeemed, plan.Id));
        (await Store.RedeemChallengeAsync(first.Token, Edges.Bob)).ShouldBe((ChallengeResult.Used, plan.Id));
        (await Store.RedeemChallengeAsync("no such", Edges.Bob)).ShouldBe((ChallengeResult.Unknown, null));
        Time.Advance(TimeSpan.FromMinutes(10));
        (await Store.RedeemChallengeAsync(second.Token, Edges.Bob)).ShouldBe((ChallengeResult.Expired, plan.Id));
    }

    [Fact]
    public async Task A_challenge_is_redeemed_by_one_of_many_at_once()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var challenge = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.RedeemChallengeAsync(challenge.Token, Edges.Bob))));

        results.Count(result => result.Result == ChallengeResult.Redeemed).ShouldBe(1);
        results.Count(result => result.Result == ChallengeResult.Used).ShouldBe(19);
    }

    [Fact]
    public async Task A_sixth_live_challenge_ends_the_oldest()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var challenges = new List<Challenge>();
        for (var i = 0; i < 6; i++)
        {
            challenges.Add(await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob));
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        (await Store.RedeemChallengeAsync(challenges[0].Token, Edges.Bob)).Result.ShouldBe(ChallengeResult.Expired);
        (await Store.RedeemChallengeAsync(challenges[1].Token, Edges.Bob)).Result.ShouldBe(ChallengeResult.Redeemed);
    }

    [Fact]
    public async Task A_challenge_is_live_until_it_is_used_or_its_time_is_up()
    {
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        var used = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);
        var unused = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);
        (await Store.IsChallengeLiveAsync(used.Token)).ShouldBeTrue();

        await Store.RedeemChallengeAsync(used.Token, Edges.Bob);

        (await Store.IsChallengeLiveAsync(used.Token)).ShouldBeFalse();
        (await Store.IsChallengeLiveAsync("no such")).ShouldBeFalse();
        (await Store.IsChallengeLiveAsync(unused.Token)).ShouldBeTrue();
        Time.Advance(TimeSpan.FromMinutes(10));
        (await Store.IsChallengeLiveAsync(unused.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Challenges_that_ended_before_a_time_are_deleted_some_at_a_time_and_no_others()
    {
        const int Ended = 501;
        var plan = await Store.AddAsync(PlanBuilder.Scale(Now), "key");
        for (var i = 0; i < Ended; i++)
        {
            await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(1), Edges.Bob);
        }

        Time.Advance(TimeSpan.FromMinutes(2));
        var live = await Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob);

        (await Store.DeleteChallengesAsync(Now)).ShouldBe(500);
        (await Store.DeleteChallengesAsync(Now)).ShouldBe(1);
        (await Store.DeleteChallengesAsync(Now)).ShouldBe(0);
        (await Store.RedeemChallengeAsync(live.Token, Edges.Bob)).ShouldBe((ChallengeResult.Redeemed, plan.Id));
        (await Store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_that_waits_for_nobody_gets_no_challenge()
    {
        var plan = await ApprovedAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => Store.IssueChallengeAsync(plan.Id, TimeSpan.FromMinutes(10), Edges.Bob));
        await Should.ThrowAsync<InvalidOperationException>(() => Store.IssueChallengeAsync(PlanId.New(Now), TimeSpan.FromMinutes(10), Edges.Bob));
    }

    [Fact]
    public async Task The_audit_trail_is_chained_and_read_in_order()
    {
        await ApprovedAsync();

        var entries = new List<AuditEntry>();
        await foreach (var entry in Store.ReadAuditAsync())
        {
            entries.Add(entry);
        }

        entries.Select(entry => entry.Sequence).ShouldBe([1, 2]);
        entries[0].PreviousHash.ShouldBe(AuditChain.Genesis);
        entries[1].PreviousHash.ShouldBe(entries[0].Hash);
        entries.ShouldAllBe(entry => entry.Hash == AuditChain.HashOf(entry));
        (await Store.ReadAuditHeadAsync()).ShouldBe(new AuditHead(2, entries[1].Hash));
    }

    [Fact]
    public async Task The_audit_trail_is_searched_by_plan_subject_action_and_text()
    {
        var plan = await ApprovedAsync("one");
        await ApprovedAsync("two");

        (await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id })).Count.ShouldBe(2);
        (await Store.SearchAuditAsync(new AuditQuery { Subject = "bob" })).ShouldAllBe(entry => entry.Action == AuditActions.PlanApproved);
        (await Store.SearchAuditAsync(new AuditQuery { Action = AuditActions.PlanCreated })).Count.ShouldBe(2);
        (await Store.SearchAuditAsync(new AuditQuery { Plan = plan.Id, Except = AuditActions.PlanCreated })).ShouldHaveSingleItem().Action.ShouldBe(AuditActions.PlanApproved);
        (await Store.SearchAuditAsync(new AuditQuery { Text = "NGINX-demo" })).Count.ShouldBe(2);
        (await Store.SearchAuditAsync(new AuditQuery { Text = "n_inx" })).ShouldBeEmpty();
        (await Store.SearchAuditAsync(new AuditQuery { Before = 2 })).ShouldHaveSingleItem().Sequence.ShouldBe(1);
        (await Store.SearchAuditAsync(new AuditQuery { Limit = 1 })).ShouldHaveSingleItem().Sequence.ShouldBe(4);
    }

    private async Task<PlanId> AddAsync(string key, FindingSeverity? severity = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var content = severity is { } risk ? PlanBuilder.Scale(Now, findings: PlanBuilder.Finding("f1", risk)) : PlanBuilder.Scale(Now);
        return (await Store.AddAsync(content, key)).Id;
    }

    private async Task<List<PlanId>> IdsAsync(PlanQuery query) => [.. (await Store.ListAsync(query)).Plans.Select(plan => plan.Id)];
}
