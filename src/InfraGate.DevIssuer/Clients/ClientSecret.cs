using System.Security.Cryptography;
using System.Text;

namespace InfraGate.DevIssuer.Clients;

/// <summary>Random values are kept as a plain SHA-256 only: with 256 bits of entropy there is nothing to stretch.</summary>
internal static class ClientSecret
{
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Matches(string hash, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(presented)));
}
