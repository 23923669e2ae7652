using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InfraGate.Plans.Grants;

/// <summary>The compact serialization of RFC 7515 with ES256, and nothing else of JOSE.</summary>
internal static class CompactJws
{
    private const int SignatureBytes = 64;

    /// <summary>Signs a payload under a header.</summary>
    public static string Sign(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ECDsa key)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Takes a text apart; null unless it is exactly three parts in base64url without padding, each in its one canonical spelling.</summary>
    public static CompactJwsParts? Split(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        var header = Decode(parts[0]);
        var payload = Decode(parts[1]);
        var signature = Decode(parts[2]);
        return header is null || payload is null || signature is not { Length: SignatureBytes }
            ? null
            : new CompactJwsParts(header, payload, signature, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
    }

    /// <summary>Whether the signature is by the key.</summary>
    public static bool IsSignedBy(CompactJwsParts parts, ECDsa key) =>
        key.VerifyData(parts.Signed, parts.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>A part's JSON, in exactly the shape of the type; null for anything else.</summary>
    public static T? Read<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, GrantToken.Json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part)
    {
        if (part.Length == 0 || part.AsSpan().ContainsAnyExcept(Base64UrlAlphabet.Characters))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(part);

            // Bits beyond the last byte could spell one signature in several ways.
            return Base64Url.EncodeToString(bytes) == part ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>The decoded parts and the bytes that the signature covers.</summary>
internal sealed record CompactJwsParts(byte[] Header, byte[] Payload, byte[] Signature, byte[] Signed);
