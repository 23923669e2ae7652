using System.Text;

namespace InfraGate.Plans.Redaction;

/// <summary>
/// Recognises copies of whole objects where a short text is expected. Tools keep what they last applied in an annotation of their own (kubectl's
/// <c>last-applied-configuration</c>, kapp's <c>original</c>, Rancher's compressed <c>applied</c>), and with it every value that is hidden where it belongs.
/// </summary>
public static class ManifestCopy
{
    /// <summary>Encodings within one another, such as base64 of base64.</summary>
    private const int MaxLayers = 3;

    /// <summary>Characters. What is shorter holds no compressed object.</summary>
    private const int ShortestEncoded = 20;

    private static readonly string[] Keys = ["apiVersion", "kind", "data", "stringData", "binaryData", "spec"];

    /// <summary>
    /// Whether a value is JSON or YAML with a key that manifests have, base64 of such text, or base64 of compressed bytes, which cannot be looked into and
    /// are taken for one.
    /// </summary>
    /// <param name="value">The whole value of an annotation.</param>
    public static bool IsOne(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsOne(value, MaxLayers);
    }

    private static bool IsOne(string text, int layers)
    {
        if (text.AsSpan().ContainsAny('{', '\n') && Array.Exists(Keys, key => HasKey(text, key)))
        {
            return true;
        }

        return layers > 0 && Decoded(text) is { } bytes && (IsCompressed(bytes) || IsOne(Encoding.UTF8.GetString(bytes), layers - 1));
    }

    /// <summary>Quoted or not, escaped or not: it also finds keys in JSON that is cut, or that is a text within other JSON.</summary>
    private static bool HasKey(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + key.Length, StringComparison.Ordinal))
        {
            var isWhole = at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '-' or '_' or '.' or '/');
            if (isWhole && text.AsSpan(at + key.Length).TrimStart("\\\"' \t") is [':', ..])
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? Decoded(string text)
    {
        if (text.Length < ShortestEncoded)
        {
            return null;
        }

        var encoded = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '='), bytes, out var written) ? bytes[..written] : null;
    }

    // gzip (RFC 1952), Zstandard (RFC 8878) and zlib (RFC 1950), whose first two bytes are a multiple of 31.
    private static bool IsCompressed(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x1F, 0x8B, ..] => true,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => true,
        [0x78, var flags, ..] => ((0x78 << 8) + flags) % 31 == 0,
        _ => false,
    };
}
