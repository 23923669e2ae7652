using InfraGate.McpGateway.Configuration;
using InfraGate.Plans;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>
/// Tells a chat or a pager that a plan waits. It follows the audit trail from where it left off, so that a restart loses no plan; a plan that was decided meanwhile is passed over.
/// Delivery is at least once: a receiver tells repeats by the delivery id.
/// </summary>
internal sealed partial class PlanWebhook(
    IPlanStore store, WebhookCursor cursor, WebhookSender sender, DeadLetters deadLetters, PublicAddress address, TimeProvider time, ILogger<PlanWebhook> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is PlanStoreException or IOException or UnauthorizedAccessException)
            {
                // The cursor has not moved past what was not told; the next round goes on from there.
                LogBehind(failure.Message);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        var head = await store.ReadAuditHeadAsync(cancel);
        var done = cursor.Read() ?? cursor.Start(head.Sequence);
        if (done > head.Sequence)
        {
            // Another database under the same folder: what it holds, nobody has been told of.
            LogReplaced(done, head.Sequence);
            done = cursor.Start(0);
        }

        if (head.Sequence == done)
        {
            return;
        }

        await foreach (var entry in store.ReadAuditAsync(done + 1, cancel))
        {
            if (entry.Action == AuditActions.PlanCreated)
            {
                await TellAsync(entry, cancel);
            }

            cursor.Write(entry.Sequence);
        }
    }

    private async Task TellAsync(AuditEntry entry, CancellationToken cancel)
    {
        if (await FindAsync(entry, cancel) is not { Status: PlanStatus.Pending } plan || plan.Content.ExpiresAt <= time.GetUtcNow())
        {
            return;
        }

        var message = WebhookMessage.Of(plan, entry, new Uri(address.BaseUrl, "/approvals/plans/" + plan.Id));
        if (await sender.TrySendAsync(message, cancel) is { } problem)
        {
            deadLetters.Add(message, problem);
            LogNotDelivered(plan.Id.Value, problem);
        }
    }

    private async Task<Plan?> FindAsync(AuditEntry entry, CancellationToken cancel)
    {
        try
        {
            return await store.FindAsync(entry.Plan, cancel);
        }
        catch (PlanTamperedException)
        {
            // It can never be read, so waiting for it would keep every later plan from being told.
            LogTampered(entry.Plan.Value);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The webhook passes over plan {Plan}: the stored plan is not what was sealed when it was made")]
    private partial void LogTampered(string plan);

    [LoggerMessage(LogLevel.Warning, "The webhook had told up to audit entry {Done}, but the audit trail ends at {Head}: the database was replaced. It tells from the first entry on")]
    private partial void LogReplaced(long done, long head);

    [LoggerMessage(LogLevel.Warning, "The webhook is behind: {Reason}")]
    private partial void LogBehind(string reason);

    [LoggerMessage(LogLevel.Error, "The webhook for plan {Plan} was not delivered and is in the dead-letter log: {Problem}")]
    private partial void LogNotDelivered(string plan, string problem);
}
