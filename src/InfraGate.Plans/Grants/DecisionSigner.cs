using System.Security.Cryptography;
using System.Text.Json;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>
/// Signs what approvers say with the gateway's key, and tells whether stored decisions are the ones that it signed: whoever writes to the database cannot speak for somebody else, nor give
/// an approver groups, nor move a word to another plan or place.
/// </summary>
public sealed class DecisionSigner
{
    private readonly ECDsa _key;
    private readonly byte[] _header;

    /// <summary>Signs with a P-256 key, which stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public DecisionSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        GrantVerifier.RequireP256(key);
        _key = key;
        _header = JsonSerializer.SerializeToUtf8Bytes(new GrantToken.Header(GrantToken.Algorithm, SigningKeyId.Of(key), DecisionToken.Type), GrantToken.Json);
    }

    /// <summary>A decision with its signature.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="digest">The digest of the content that was decided on.</param>
    /// <param name="number">How many decisions on the plan came before.</param>
    /// <param name="decision">What was said.</param>
    public Decision Sign(PlanId plan, PlanDigest digest, int number, Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision with { Signature = CompactJws.Sign(_header, DecisionToken.Payload(plan, digest, number, decision), _key) };
    }

    /// <summary>Whether every decision on a plan is one that this key signed, for this plan, content and place.</summary>
    public bool HasSigned(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return !plan.Decisions.Where((decision, number) => !IsSigned(plan, number, decision)).Any();
    }

    // What is there is written down anew and compared byte for byte, so that nothing in the token is left to interpretation.
    private bool IsSigned(Plan plan, int number, Decision decision) =>
        decision.Signature is { } signature
        && CompactJws.Split(signature) is { } parts
        && parts.Header.AsSpan().SequenceEqual(_header)
        && parts.Payload.AsSpan().SequenceEqual(DecisionToken.Payload(plan.Id, plan.Digest, number, decision))
        && CompactJws.IsSignedBy(parts, _key);
}
