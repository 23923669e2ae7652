using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>
/// Resolves unquoted YAML scalars by the core schema of YAML 1.2 (section 10.3.2) and refuses those that YAML 1.1, which other tools read, takes for
/// something else. A reader who sees <c>no</c> or <c>0644</c> must not have to know which version of YAML is meant.
/// </summary>
internal static partial class PlainScalar
{
    /// <exception cref="ManifestException">The scalar means different things in different versions of YAML, or no JSON value can hold it.</exception>
    public static (ScalarType Type, JsonValue? Value) Resolve(string text, TextPosition position)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return (ScalarType.Null, null);
            case "true" or "True" or "TRUE":
                return (ScalarType.Boolean, JsonValue.Create(true));
            case "false" or "False" or "FALSE":
                return (ScalarType.Boolean, JsonValue.Create(false));
            default:
                RefuseAmbiguous(text, position);
                return Number(text, position) is { } number ? (ScalarType.Number, number) : (ScalarType.Text, JsonValue.Create(text));
        }
    }

    private static void RefuseAmbiguous(string text, TextPosition position)
    {
        if (OldBoolean().IsMatch(text))
        {
            throw new ManifestException($"'{text}' is a boolean in YAML 1.1 and text in YAML 1.2. Write true or false, or quote it.", position);
        }

        if (LeadingZero().IsMatch(text))
        {
            var cure = OldOctal(text) is { } octal ? $"Write {octal} if octal is meant, or quote it." : "Write it without the zeros, or quote it.";
            throw new ManifestException($"'{text}' is octal in YAML 1.1 and decimal in YAML 1.2. {cure}", position);
        }

        if (OldNumber().IsMatch(text))
        {
            throw new ManifestException($"'{text}' is a number in YAML 1.1 and text in YAML 1.2. Write it in plain digits, or quote it.", position);
        }

        if (NotFinite().IsMatch(text))
        {
            throw new ManifestException($"'{text}' is no number that JSON can hold. Quote it if text is meant.", position);
        }
    }

    private static JsonValue? Number(string text, TextPosition position)
    {
        if (Hexadecimal().IsMatch(text) || Octal().IsMatch(text))
        {
            var isHexadecimal = text[1] == 'x';
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) && isHexadecimal
                ? JsonValue.Create(hexadecimal)
                : !isHexadecimal && text.Length <= 20 ? JsonValue.Create(Convert.ToInt64(text[2..], 8)) : throw TooLarge(text, position);
        }

        if (Integer().IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is <= LargestExact and >= -LargestExact
                ? JsonValue.Create(number)
                : throw TooLarge(text, position);
        }

        if (Float().IsMatch(text))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw TooLarge(text, position);
        }

        return null;
    }

    /// <summary>The largest integer that every JSON reader holds exactly (RFC 8259, section 6).</summary>
    private const long LargestExact = 9007199254740991;

    private static ManifestException TooLarge(string text, TextPosition position) =>
        new($"The number '{(text.Length <= 40 ? text : text[..40] + "...")}' is too large. Quote it if text is meant.", position);

    private static long? OldOctal(string text)
    {
        var digits = text.TrimStart('-', '+');
        return digits.Length <= 20 && digits.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(digits, 8) : null;
    }

    [GeneratedRegex(@"^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)\z", RegexOptions.NonBacktracking)]
    private static partial Regex OldBoolean();

    [GeneratedRegex(@"^[-+]?0[0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex LeadingZero();

    // Underscores in digits, base 60 and binary: numbers in YAML 1.1 only.
    [GeneratedRegex(@"^[-+]?(?:[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|[1-9][0-9]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?|0b[01_]+|0x[0-9a-fA-F_]*_[0-9a-fA-F_]*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex OldNumber();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.NonBacktracking)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Float();
}
