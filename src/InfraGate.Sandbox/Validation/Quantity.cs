using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Reads resource quantities such as <c>250m</c>, <c>1.5</c>, <c>64Mi</c>, <c>1e3</c>.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, double> Suffixes = new()
    {
        [""] = 1, ["n"] = 1e-9, ["u"] = 1e-6, ["m"] = 1e-3, ["k"] = 1e3, ["M"] = 1e6, ["G"] = 1e9, ["T"] = 1e12, ["P"] = 1e15, ["E"] = 1e18,
        ["Ki"] = 1L << 10, ["Mi"] = 1L << 20, ["Gi"] = 1L << 30, ["Ti"] = 1L << 40, ["Pi"] = 1L << 50, ["Ei"] = 1L << 60,
    };

    public static bool TryParse(JsonNode? value, out double amount)
    {
        amount = 0;
        var text = value.Text() ?? (value is JsonValue ? JsonText.Text(value) : string.Empty);
        var digits = text.TrimEnd([.. text.Where(char.IsAsciiLetter)]);
        var suffix = text[digits.Length..];
        if (Suffixes.TryGetValue(suffix, out var factor) && Number(digits, out amount))
        {
            amount *= factor;
            return true;
        }

        return Number(text, out amount);
    }

    private static bool Number(string text, out double amount) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out amount);
}
