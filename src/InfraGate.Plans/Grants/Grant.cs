using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>
/// The gateway's signed word that the approval policy was met for exactly one plan. Only the holder of the signing key can make one; the server, which holds only the
/// public key, applies nothing without.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Digest">The digest of the content that was approved.</param>
/// <param name="Approvers">The subjects that approved.</param>
/// <param name="IssuedAt">When it was signed (whole seconds).</param>
/// <param name="ExpiresAt">When it stops allowing the apply (whole seconds).</param>
/// <param name="Nonce">128 random bits in hex: no two grants are alike.</param>
public sealed record Grant(
    PlanId Plan,
    PlanDigest Digest,
    IReadOnlyList<string> Approvers,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string Nonce);
