using System.Security.Cryptography;
using System.Text;

namespace InfraGate.Plans.Redaction;

/// <summary>
/// A short name for a value that must not be shown: it lets a reader see that two values differ, or are the same, without seeing either.
/// It is not a protection for guessable values: whoever can guess the value can check the guess.
/// </summary>
public static class Fingerprint
{
    private const string Prefix = "sha256:";
    private const int HexDigits = 12;

    /// <summary>Makes the fingerprint of a value.</summary>
    /// <param name="value">The value; UTF-8 is what is hashed.</param>
    /// <returns><c>sha256:</c>, the first 12 hexadecimal digits of the hash, and the length in characters: <c>sha256:2cf24dba5fb0 (5 characters)</c>.</returns>
    public static string Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
        return $"{Prefix}{digest.AsSpan(0, HexDigits)} ({value.Length} character{(value.Length == 1 ? "" : "s")})";
    }

    /// <summary>Whether a text starts as a fingerprint does, so that what has been hidden is not hidden a second time.</summary>
    internal static bool StartsLikeOne(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length >= Prefix.Length + HexDigits
        && !text.Slice(Prefix.Length, HexDigits).ContainsAnyExcept(CharacterSets.LowerHex);
}
