using InfraGate.Plans.Redaction.Decoding;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>User and password in base64, as in HTTP basic authentication (RFC 7617) and in registry configurations.</summary>
internal static class BasicCredentials
{
    private const int Longest = 1024;

    /// <summary>Whether the text is base64 of printable text with a colon in it.</summary>
    public static bool Decodes(ReadOnlySpan<char> value)
    {
        value = value.TrimEnd('=');
        if (value.Length is < 4 or > Longest || value.ContainsAnyExcept(CharacterSets.AnyBase64))
        {
            return false;
        }

        var decoded = Base64Text.Decode(value);
        return decoded is not null && decoded.IndexOf(':', StringComparison.Ordinal) > 0;
    }
}
