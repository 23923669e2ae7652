using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Configuration;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Approvals;

/// <summary>
/// Verifies the audit chain for the audit page, with the gateway's key and the anchor beside it. Verifying reads everything, so that an answer serves for a few seconds as long as the end
/// of the chain has not moved.
/// </summary>
internal sealed class ChainInspector(IPlanStore store, GrantKey key, AuditSigner signer, GatewayOptions options, TimeProvider time) : IChainInspector, IDisposable
{
    private static readonly TimeSpan s_serves = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private (AuditHead Head, DateTimeOffset At, ChainState State)? _last;

    /// <inheritdoc />
    public async Task<ChainState> InspectAsync(CancellationToken cancellationToken = default)
    {
        if (signer.Alarm is { } alarm)
        {
            // The gateway remembers what it signed even when the file beside its key was put back as well.
            return new ChainState(IsWhole: false, alarm + " Nothing is signed or approved until an operator has looked into it.");
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var head = await store.ReadAuditHeadAsync(cancellationToken);
            if (_last is { } last && last.Head == head && time.GetUtcNow() - last.At < s_serves)
            {
                return last.State;
            }

            var state = await VerifyAsync(cancellationToken);
            _last = (head, time.GetUtcNow(), state);
            return state;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<ChainState> VerifyAsync(CancellationToken cancellationToken)
    {
        var verified = await store.VerifyAuditAsync(
            new AuditVerificationOptions
            {
                PublicKey = key.File.PublicKey,
                Anchor = AuditSigner.ReadAnchor(Path.Combine(options.Storage.KeyRoot, AuditSigner.AnchorFileName)),
            },
            cancellationToken);
        var broken = verified.FirstBreak ?? (verified.PlanBreaks is [var first, ..] ? first : null);
        return broken is null
            ? new ChainState(IsWhole: true, $"{verified.Entries} {(verified.Entries == 1 ? "entry" : "entries")} verified, signed through entry {verified.SignedThrough}.")
            : new ChainState(IsWhole: false, $"{broken.Message} {verified.Entries} of {verified.Head.Sequence} entries before it are whole.");
    }
}
