using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InfraGate.DevIssuer.Tokens;

/// <summary>
/// <c>grant.generation.mac</c>, where the MAC is keyed with the grant's own 256-bit secret. Any earlier generation can be recognised as
/// genuine without a list of spent tokens, and a token used twice within the grace has one successor, not two.
/// </summary>
internal static class RefreshToken
{
    public static string Write(AccessGrant grant) => $"{grant.Id}.{grant.Generation.ToString(CultureInfo.InvariantCulture)}.{Mac(grant, grant.Generation)}";

    /// <summary>The grant id and generation that the token claims; nothing is verified yet.</summary>
    public static bool TryRead(string token, out string grantId, out int generation)
    {
        var parts = token.Split('.');
        grantId = parts[0];
        generation = 0;
        return parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out generation);
    }

    public static bool IsGenuine(AccessGrant grant, int generation, string token) =>
        grant.RefreshKey is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Write(grant with { Generation = generation })));

    private static string Mac(AccessGrant grant, int generation)
    {
        var key = Base64Url.DecodeFromChars(grant.RefreshKey);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{grant.Id}.{generation.ToString(CultureInfo.InvariantCulture)}")));
    }
}
