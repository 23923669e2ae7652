namespace InfraGate.Plans.Policy;

/// <summary>Gives the policy in force. Re-reads its file when it changes; a version that does not validate is refused as a whole and the last good one kept.</summary>
public interface IPolicySource
{
    /// <summary>The policy now.</summary>
    PolicySnapshot Current { get; }
}
