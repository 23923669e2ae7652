using InfraGate.ApprovalUi.WarmUp;
using InfraGate.McpGateway.Configuration;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Makes the link with which a human finds the plan: a fresh single-use challenge each time. It leads to a page; it approves nothing.</summary>
internal sealed class ApprovalLinks(IPlanStore store, PublicAddress address, IPageWarmUp pages)
{
    /// <summary>How long a link works. Afterwards a new one is made on the next call.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A new link to the plan.</summary>
    public async Task<ApprovalLink> IssueAsync(Plan plan, CancellationToken cancel)
    {
        var challenge = await store.IssueChallengeAsync(plan.Id, Lifetime, AuditActor.For(plan.Content.Requester), cancel);
        pages.Announce(plan.Id);
        return new ApprovalLink(new Uri(address.BaseUrl, "/approvals/c/" + challenge.Token), challenge.ExpiresAt);
    }
}

/// <summary>A link for a human.</summary>
/// <param name="Url">What to open in a browser.</param>
/// <param name="ExpiresAt">Until when it works; it also ends with its first use.</param>
internal sealed record ApprovalLink(Uri Url, DateTimeOffset ExpiresAt);
