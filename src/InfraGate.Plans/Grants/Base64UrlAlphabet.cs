using System.Buffers;

namespace InfraGate.Plans.Grants;

/// <summary>The characters of base64url (RFC 4648 section 5); the runtime's decoder also skips white space, which a signature must not.</summary>
internal static class Base64UrlAlphabet
{
    /// <summary>All of them.</summary>
    public static SearchValues<char> Characters { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
