using System.Security.Cryptography;
using System.Text.Json;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>Signs grants with the gateway's key. Only the approval desk calls it, and only after the policy was met.</summary>
public sealed class GrantSigner
{
    private const int NonceBytes = 16;

    private readonly ECDsa _key;
    private readonly TimeProvider _timeProvider;
    private readonly byte[] _header;

    /// <summary>Signs with a P-256 key, which stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public GrantSigner(ECDsa key, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(timeProvider);
        GrantVerifier.RequireP256(key);
        _key = key;
        _timeProvider = timeProvider;
        _header = JsonSerializer.SerializeToUtf8Bytes(new GrantToken.Header(GrantToken.Algorithm, SigningKeyId.Of(key), GrantToken.Type), GrantToken.Json);
    }

    /// <summary>Signs a grant that starts now.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="digest">The digest of the content that was approved.</param>
    /// <param name="approvers">The subjects that approved; at least one.</param>
    /// <param name="expiresAt">When it ends; a part of a second is cut off.</param>
    /// <returns>The grant and its compact JWS.</returns>
    public SignedGrant Sign(PlanId plan, PlanDigest digest, IReadOnlyList<string> approvers, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(approvers);
        ArgumentOutOfRangeException.ThrowIfZero(approvers.Count, nameof(approvers));
        var issued = _timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var claims = new GrantToken.Claims(
            approvers, digest, expiresAt.ToUnixTimeSeconds(), issued, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)), plan);
        var token = CompactJws.Sign(_header, JsonSerializer.SerializeToUtf8Bytes(claims, GrantToken.Json), _key);
        var grant = new Grant(
            plan, digest, approvers, DateTimeOffset.FromUnixTimeSeconds(claims.Issued), DateTimeOffset.FromUnixTimeSeconds(claims.Expires), claims.Nonce);
        return new SignedGrant(grant, token);
    }
}

/// <summary>A grant and the text that proves it.</summary>
/// <param name="Grant">What it says.</param>
/// <param name="Token">The compact JWS.</param>
public sealed record SignedGrant(Grant Grant, string Token);
