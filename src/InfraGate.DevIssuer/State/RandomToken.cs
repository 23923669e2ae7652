using System.Buffers.Text;
using System.Security.Cryptography;

namespace InfraGate.DevIssuer.State;

/// <summary>Unguessable values: 256 random bits in base64url.</summary>
internal static class RandomToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A shorter identifier (128 bits) for what must be unique but need not be secret.</summary>
    public static string CreateId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
