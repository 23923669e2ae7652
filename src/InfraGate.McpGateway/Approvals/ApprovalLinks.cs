using InfraGate.ApprovalUi.WarmUp;
using InfraGate.McpGateway.Configuration;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Gives the link with which a human finds the plan: a single-use challenge, the same one for a minute unless it was used. An agent that asks again and again thus fills neither the store nor
/// the audit trail, and does not end the link that its human is about to open. It leads to a page; it approves nothing.
/// </summary>
internal sealed class ApprovalLinks(IPlanStore store, PublicAddress address, IPageWarmUp pages, TimeProvider time) : IDisposable
{
    /// <summary>How long a link works. Afterwards a new one is made on the next call.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // Short beside its life, so that whoever is given it has nearly all of it left.
    private static readonly TimeSpan s_sameFor = TimeSpan.FromMinutes(1);
    private const int MostKept = 1024;

    // One call at a time, so that calls that come at once get one link between them. The store takes one writer at a time anyway.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<PlanId, Given> _given = [];

    /// <summary>A link to the plan that nobody has used.</summary>
    public async Task<ApprovalLink> GiveAsync(Plan plan, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            // It may have been used, or ended, at another gateway.
            var challenge = Find(plan.Id) is { } given && await store.IsChallengeLiveAsync(given.Token, cancel) ? given : await IssueAsync(plan, cancel);
            return new ApprovalLink(new Uri(address.BaseUrl, "/approvals/c/" + challenge.Token), challenge.ExpiresAt);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private Challenge? Find(PlanId plan) => _given.TryGetValue(plan, out var given) && IsRecent(given) ? given.Challenge : null;

    private async Task<Challenge> IssueAsync(Plan plan, CancellationToken cancel)
    {
        var challenge = await store.IssueChallengeAsync(plan.Id, Lifetime, AuditActor.For(plan.Content.Requester), cancel);
        pages.Announce(plan.Id);
        Keep(plan.Id, challenge);
        return challenge;
    }

    /// <summary>Keeps no secret longer than it is of use, and no more of them than so many: to forget one costs a new link.</summary>
    private void Keep(PlanId plan, Challenge challenge)
    {
        foreach (var (old, _) in _given.Where(given => !IsRecent(given.Value)).ToList())
        {
            _given.Remove(old);
        }

        if (_given.Count >= MostKept)
        {
            _given.Remove(_given.Keys.First());
        }

        _given[plan] = new Given(challenge, time.GetTimestamp());
    }

    private bool IsRecent(Given given) => time.GetElapsedTime(given.At) < s_sameFor;

    private sealed record Given(Challenge Challenge, long At);
}

/// <summary>A link for a human.</summary>
/// <param name="Url">What to open in a browser.</param>
/// <param name="ExpiresAt">Until when it works; it also ends with its first use.</param>
internal sealed record ApprovalLink(Uri Url, DateTimeOffset ExpiresAt);
