using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>Proof Key for Code Exchange (RFC 7636), method <c>S256</c> only: <c>plain</c> would show the verifier to whoever sees the request.</summary>
internal static partial class Pkce
{
    public const string Method = "S256";

    /// <summary>A base64url SHA-256: 43 characters.</summary>
    public static bool IsChallenge(string text) => Challenge().IsMatch(text);

    public static bool Matches(string challenge, string verifier)
    {
        if (!Verifier().IsMatch(verifier))
        {
            return false;
        }

        var computed = Base64Url.EncodeToUtf8(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(computed, Encoding.ASCII.GetBytes(challenge));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{43}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Challenge();

    [GeneratedRegex(@"\A[A-Za-z0-9._~-]{43,128}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Verifier();
}
