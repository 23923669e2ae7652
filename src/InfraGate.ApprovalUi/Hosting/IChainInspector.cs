namespace InfraGate.ApprovalUi.Hosting;

/// <summary>Verifies the audit chain for the audit page. The host implements it: it holds the key that the chain's checkpoints are signed with.</summary>
public interface IChainInspector
{
    /// <summary>The state of the whole chain now.</summary>
    Task<ChainState> InspectAsync(CancellationToken cancellationToken = default);
}

/// <summary>Whether the audit chain is whole.</summary>
/// <param name="IsWhole">True when every entry and every plan agrees with the chain.</param>
/// <param name="Detail">How many entries were verified, or the first broken entry and what is wrong with it, in a sentence.</param>
public sealed record ChainState(bool IsWhole, string Detail);
