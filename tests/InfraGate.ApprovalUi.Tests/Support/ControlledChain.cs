using InfraGate.ApprovalUi.Hosting;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Says of the audit chain what a test wants; the gateway's tests verify a real one.</summary>
internal sealed class ControlledChain : IChainInspector
{
    public ChainState State { get; set; } = new(IsWhole: true, "12 entries verified, signed through entry 10.");

    public Task<ChainState> InspectAsync(CancellationToken cancellationToken = default) => Task.FromResult(State);
}
