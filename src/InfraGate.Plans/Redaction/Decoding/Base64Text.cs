using System.Buffers;
using System.Text;

namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>Text that was encoded in base64 or base64url.</summary>
internal static class Base64Text
{
    /// <summary>Decodes what is printable UTF-8; null for everything else. Line feeds are stepped over; padding must have been removed.</summary>
    public static string? Decode(ReadOnlySpan<char> encoded)
    {
        if (encoded.Contains('\n'))
        {
            encoded = encoded.ToString().Replace("\n", "", StringComparison.Ordinal);
        }

        encoded = encoded[..(encoded.Length % 4 == 1 ? encoded.Length - 1 : encoded.Length)];
        if (!StartsPrintable(encoded))
        {
            return null;
        }

        var padded = ArrayPool<char>.Shared.Rent(encoded.Length + 3);
        var bytes = ArrayPool<byte>.Shared.Rent((encoded.Length + 3) / 4 * 3);
        try
        {
            encoded.CopyTo(padded);
            padded.AsSpan(0, encoded.Length).Replace('-', '+');
            padded.AsSpan(0, encoded.Length).Replace('_', '/');
            var length = (encoded.Length + 3) / 4 * 4;
            padded.AsSpan(encoded.Length, length - encoded.Length).Fill('=');
            return Convert.TryFromBase64Chars(padded.AsSpan(0, length), bytes, out var written) && IsText(bytes.AsSpan(0, written))
                ? Encoding.UTF8.GetString(bytes, 0, written)
                : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(padded, clearArray: true);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    // Most long runs in logs are hashes and paths; three bytes tell them from text, before anything is rented or decoded.
    private static bool StartsPrintable(ReadOnlySpan<char> encoded)
    {
        for (var group = 0; group < 2 && encoded.Length >= (group + 1) * 4; group++)
        {
            var bits = 0;
            foreach (var c in encoded.Slice(group * 4, 4))
            {
                bits = (bits << 6) | Value(c);
            }

            if (!IsPrintable((byte)(bits >> 16)) || !IsPrintable((byte)(bits >> 8)) || !IsPrintable((byte)bits))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (!IsPrintable(b))
            {
                return false;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(bytes);
    }

    private static bool IsPrintable(byte b) => b is >= 0x20 and not 0x7F or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static int Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        _ => 63,
    };
}
