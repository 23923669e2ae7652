using System.Security.Cryptography;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Grants;

/// <summary>
/// Tells whether a text is the gateway's grant for exactly this plan and content, now. Holds only a public key. Everything that is not exactly as <see cref="GrantSigner"/> makes it
/// is refused; nothing in the token chooses how it is verified (RFC 8725 section 3.1).
/// </summary>
public sealed class GrantVerifier : IDisposable
{
    /// <summary>How far the clock of the process that signed may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private const int NonceLength = 32;
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;
    private readonly string _keyId;
    private readonly TimeProvider _timeProvider;

    private GrantVerifier(ECDsa key, TimeProvider timeProvider)
    {
        _key = key;
        _keyId = SigningKeyId.Of(key);
        _timeProvider = timeProvider;
    }

    /// <summary>Makes one from <c>INFRA_GATE_GRANT_PUBLIC_KEY</c>: the base64 of a P-256 key's SubjectPublicKeyInfo.</summary>
    /// <exception cref="FormatException">The text is not such a key.</exception>
    public static GrantVerifier FromPublicKey(string base64, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(base64);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new GrantVerifier(ImportPublicKey(base64), timeProvider);
    }

    /// <summary>Verifies a token for a plan whose digest the caller has recomputed.</summary>
    public GrantVerification Verify(string? token, PlanId plan, PlanDigest digest)
    {
        if (token is null || token.Length > GrantToken.MaximumLength || CompactJws.Split(token) is not { } parts)
        {
            return new(null, GrantRefusal.Malformed);
        }

        if (CompactJws.Read<GrantToken.Header>(parts.Header) is not { } header)
        {
            return new(null, GrantRefusal.ForeignHeader);
        }

        if (header.Alg != GrantToken.Algorithm || header.Typ != GrantToken.Type || header.Kid != _keyId)
        {
            return new(null, GrantRefusal.ForeignHeader);
        }

        if (!CompactJws.IsSignedBy(parts, _key))
        {
            return new(null, GrantRefusal.BadSignature);
        }

        return CompactJws.Read<GrantToken.Claims>(parts.Payload) is { } claims && IsWellFormed(claims) ? Judge(claims, plan, digest) : new(null, GrantRefusal.Malformed);
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    /// <summary>Reads a public key.</summary>
    /// <exception cref="FormatException">The text is not the base64 of a P-256 key's SubjectPublicKeyInfo.</exception>
    internal static ECDsa ImportPublicKey(string base64)
    {
        var key = ECDsa.Create();
        try
        {
            var bytes = Convert.FromBase64String(base64);
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            RequireP256(key);
            return read == bytes.Length ? key : throw new FormatException("The grant public key has bytes after its end.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new FormatException("The grant public key is not the base64 of a P-256 SubjectPublicKeyInfo.", exception);
        }
        catch (FormatException)
        {
            key.Dispose();
            throw;
        }
    }

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != P256)
        {
            throw new ArgumentException("Grants are signed with a P-256 key.", nameof(key));
        }
    }

    private GrantVerification Judge(GrantToken.Claims claims, PlanId plan, PlanDigest digest)
    {
        if (claims.Plan != plan)
        {
            return new(null, GrantRefusal.OtherPlan);
        }

        if (claims.Digest != digest)
        {
            return new(null, GrantRefusal.OtherDigest);
        }

        var now = _timeProvider.GetUtcNow();
        var issued = DateTimeOffset.FromUnixTimeSeconds(claims.Issued);
        var expires = DateTimeOffset.FromUnixTimeSeconds(claims.Expires);
        if (issued > now + Skew)
        {
            return new(null, GrantRefusal.NotYetValid);
        }

        return expires <= now
            ? new(null, GrantRefusal.Expired)
            : new(new Grant(claims.Plan, claims.Digest, claims.Approvers, issued, expires, claims.Nonce), Refusal: null);
    }

    private static bool IsWellFormed(GrantToken.Claims claims) =>
        claims.Approvers.Count > 0
        && claims.Approvers.All(approver => !string.IsNullOrEmpty(approver))
        && claims.Nonce.Length == NonceLength
        && IsInstant(claims.Issued)
        && IsInstant(claims.Expires)
        && claims.Expires > claims.Issued;

    private static bool IsInstant(long seconds) => seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
