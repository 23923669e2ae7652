namespace InfraGate.Plans.Policy;

/// <summary>Gives the policy in force. Re-reads its file when it changes; a version that does not validate is refused as a whole and the last good one kept.</summary>
public interface IPolicySource
{
    /// <summary>The policy now.</summary>
    PolicySnapshot Current { get; }
}

/// <summary>One good version of the policy.</summary>
public abstract class PolicySnapshot
{
    /// <summary>The first 12 hex digits of the SHA-256 of the file; <c>built-in</c> when there is none. Two versions that differ have different ones.</summary>
    public abstract string Version { get; }

    /// <summary>Why a newer file is not in force, in words for people; null when all is well.</summary>
    public abstract string? Problem { get; }

    /// <summary>What holds for a namespace and operation.</summary>
    public abstract EffectivePolicy EffectiveFor(string namespaceName, PlanOperation operation);
}
