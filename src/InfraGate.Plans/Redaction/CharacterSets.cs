using System.Buffers;

namespace InfraGate.Plans.Redaction;

/// <summary>The alphabets that credentials and their surroundings are written in.</summary>
internal static class CharacterSets
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static readonly SearchValues<char> Digit = SearchValues.Create(Digits);
    public static readonly SearchValues<char> LowerHex = SearchValues.Create(Digits + "abcdef");
    public static readonly SearchValues<char> Hex = SearchValues.Create(Digits + "abcdefABCDEF");
    public static readonly SearchValues<char> UpperAlphanumeric = SearchValues.Create(Upper + Digits);
    public static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Lower + Upper + Digits);
    public static readonly SearchValues<char> AlphanumericUnderscore = SearchValues.Create(Lower + Upper + Digits + "_");

    /// <summary>base64url (RFC 4648, section 5).</summary>
    public static readonly SearchValues<char> Base64Url = SearchValues.Create(Lower + Upper + Digits + "-_");

    /// <summary>base64 in both alphabets, without padding.</summary>
    public static readonly SearchValues<char> AnyBase64 = SearchValues.Create(Lower + Upper + Digits + "+/-_");

    /// <summary>The compact form of JWS and JWE.</summary>
    public static readonly SearchValues<char> JwtCompact = SearchValues.Create(Lower + Upper + Digits + "-_.=");

    /// <summary>b64token of RFC 6750, section 2.1.</summary>
    public static readonly SearchValues<char> BearerToken = SearchValues.Create(Lower + Upper + Digits + "-._~+/=");

    /// <summary>What a configuration name is made of.</summary>
    public static readonly SearchValues<char> Name = SearchValues.Create(Lower + Upper + Digits + "_-.");

    /// <summary>The alphabet of Kubernetes object names (RFC 1123 subdomains).</summary>
    public static readonly SearchValues<char> ObjectName = SearchValues.Create(Lower + Digits + "-.");

    /// <summary>What random material never contains, and structured text does.</summary>
    public static readonly SearchValues<char> Structure = SearchValues.Create(" \t:<>[](){}|\\");

    /// <summary>Durations such as <c>1h30m</c> and <c>0.5s</c>.</summary>
    public static readonly SearchValues<char> Duration = SearchValues.Create(Digits + ".hms");

    /// <summary>What may stand on the line that opens a YAML block scalar.</summary>
    public static readonly SearchValues<char> BlockScalarHeader = SearchValues.Create("|>+- \r" + Digits);

    /// <summary>What stands between an authentication scheme and its token.</summary>
    public static readonly SearchValues<char> BeforeToken = SearchValues.Create(" \t:=+\"\n");

    /// <summary>What ends the user name, or the authority, of a URL.</summary>
    public static readonly SearchValues<char> UserNameEnd = SearchValues.Create(":/@?#[");

    /// <summary>What ends an unquoted word in any log.</summary>
    public static readonly SearchValues<char> WordEnd = SearchValues.Create(" \t\r\n\"'`<>");
}
