using System.Buffers.Text;
using System.Security.Cryptography;

namespace InfraGate.Plans.Grants;

/// <summary>Names a public key: the first 16 base64url characters of the SHA-256 of its SubjectPublicKeyInfo.</summary>
internal static class SigningKeyId
{
    private const int Length = 16;

    /// <summary>The name of a key.</summary>
    public static string Of(ECDsa key) => Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..Length];
}
