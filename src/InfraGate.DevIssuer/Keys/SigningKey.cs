using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.DevIssuer.Keys;

/// <summary>An RS256 key pair. RS256 because every OpenID Connect client must support it (OpenID Connect Core, section 15.1).</summary>
internal sealed class SigningKey
{
    public const string Algorithm = SecurityAlgorithms.RsaSha256;

    private SigningKey(StoredKey stored, RSA rsa)
    {
        Stored = stored;
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Modulus = Base64Url.EncodeToString(parameters.Modulus);
        Exponent = Base64Url.EncodeToString(parameters.Exponent);
        Security = new RsaSecurityKey(rsa) { KeyId = stored.Kid };
    }

    public StoredKey Stored { get; }

    public string Kid => Stored.Kid;

    /// <summary>Base64url, as in a JSON Web Key (RFC 7518, section 6.3).</summary>
    public string Modulus { get; }

    public string Exponent { get; }

    public RsaSecurityKey Security { get; }

    public static SigningKey Read(StoredKey stored)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(stored.Pkcs8), out _);
        return new SigningKey(stored, rsa);
    }

    public static StoredKey Generate(DateTimeOffset now)
    {
        using var rsa = RSA.Create(2048);
        var thumbprint = SHA256.HashData(rsa.ExportSubjectPublicKeyInfo());
        return new StoredKey(Base64Url.EncodeToString(thumbprint.AsSpan(0, 12)), now, RetiredAt: null, Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()));
    }
}
