using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace InfraGate.McpGateway.Auth.ApiKeys;

/// <summary>The text of a key, <c>igk_ID_SECRET</c>, and the hashing of its 256-bit secret.</summary>
internal static class ApiKeyText
{
    private const string Prefix = "igk_";
    private const int IdLength = 12;

    // The secret has full entropy, so the rounds guard against nothing but a weak salt; they are few because every key is checked per cache miss.
    private const int Rounds = 10_000;

    /// <summary>A fresh key and what is kept of it.</summary>
    public static (string Text, ApiKeyRecord Record) Create(
        string name, IReadOnlyList<string> scopes, IReadOnlyList<string>? namespaces, DateTimeOffset created, DateTimeOffset expires, string? owner = null)
    {
        var id = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", IdLength);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var salt = RandomNumberGenerator.GetBytes(16);
        var record = new ApiKeyRecord
        {
            Id = id,
            Name = name,
            Owner = owner,
            Salt = Convert.ToBase64String(salt),
            Hash = Convert.ToBase64String(Hash(secret, salt)),
            Scopes = scopes,
            Namespaces = namespaces,
            Created = created,
            Expires = expires,
        };
        return ($"{Prefix}{id}_{secret}", record);
    }

    /// <summary>Takes a presented key apart; false when it does not even look like one.</summary>
    public static bool TrySplit(string text, out string id, out string secret)
    {
        var wellFormed = text.Length is > 40 and < 100 && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_';
        id = wellFormed ? text.Substring(Prefix.Length, IdLength) : "";
        secret = wellFormed ? text[(Prefix.Length + IdLength + 1)..] : "";
        return wellFormed;
    }

    /// <summary>Whether the secret is the record's, compared in constant time.</summary>
    public static bool Matches(ApiKeyRecord record, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(secret, Convert.FromBase64String(record.Salt)), Convert.FromBase64String(record.Hash));

    private static byte[] Hash(string secret, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, Rounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
}
