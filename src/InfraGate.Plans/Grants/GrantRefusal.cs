namespace InfraGate.Plans.Grants;

/// <summary>Why a grant does not allow an apply.</summary>
public enum GrantRefusal
{
    /// <summary>It is not a compact JWS of a grant's shape: parts, encoding, JSON, members or their forms.</summary>
    Malformed,

    /// <summary>Its header names another algorithm, type or key than a grant's, or has members a grant's has not.</summary>
    ForeignHeader,

    /// <summary>The signature is not by the gateway's key.</summary>
    BadSignature,

    /// <summary>It is for another plan.</summary>
    OtherPlan,

    /// <summary>It is for other content of this plan.</summary>
    OtherDigest,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Its time has run out.</summary>
    Expired,
}

/// <summary>What verifying a grant established: exactly one of the two is there.</summary>
/// <param name="Grant">The grant, when it is good.</param>
/// <param name="Refusal">Why not, when it is not.</param>
public sealed record GrantVerification(Grant? Grant, GrantRefusal? Refusal);
