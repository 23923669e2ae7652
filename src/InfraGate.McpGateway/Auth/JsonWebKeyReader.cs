using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.McpGateway.Auth;

/// <summary>Reads the signature keys of a JWK set (RFC 7517). Keys of a kind that InfraGate does not accept, symmetric ones above all, are passed over.</summary>
internal static class JsonWebKeyReader
{
    /// <summary>The usable RSA and EC verification keys in the document.</summary>
    public static IReadOnlyList<SecurityKey> Read(JsonElement set)
    {
        if (!set.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("The issuer's key set has no 'keys' array.");
        }

        return [.. keys.EnumerateArray().Select(ReadKey).OfType<SecurityKey>()];
    }

    private static SecurityKey? ReadKey(JsonElement jwk)
    {
        if (Text(jwk, "use") is { } use && use != "sig")
        {
            return null;
        }

        SecurityKey? key = Text(jwk, "kty") switch
        {
            "RSA" => Rsa(jwk),
            "EC" => Ec(jwk),
            _ => null,
        };
        if (key is not null)
        {
            key.KeyId = Text(jwk, "kid");
        }

        return key;
    }

    private static RsaSecurityKey? Rsa(JsonElement jwk)
    {
        if (Bytes(jwk, "n") is not { Length: >= 256 } modulus || Bytes(jwk, "e") is not { Length: > 0 } exponent)
        {
            // Below 2,048 bits (RFC 7518, section 3.3) a key proves nothing.
            return null;
        }

        return new RsaSecurityKey(new RSAParameters { Modulus = modulus, Exponent = exponent });
    }

    private static ECDsaSecurityKey? Ec(JsonElement jwk)
    {
        ECCurve? curve = Text(jwk, "crv") switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (curve is null || Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y)
        {
            return null;
        }

        return new ECDsaSecurityKey(ECDsa.Create(new ECParameters { Curve = curve.Value, Q = new ECPoint { X = x, Y = y } }));
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string name) => Text(jwk, name) is { } text ? Base64UrlEncoder.DecodeBytes(text) : null;
}
