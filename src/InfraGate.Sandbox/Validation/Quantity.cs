using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Reads and writes resource quantities such as <c>250m</c>, <c>1.5</c>, <c>64Mi</c>, <c>1e3</c>.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, double> Suffixes = new()
    {
        [""] = 1, ["n"] = 1e-9, ["u"] = 1e-6, ["m"] = 1e-3, ["k"] = 1e3, ["M"] = 1e6, ["G"] = 1e9, ["T"] = 1e12, ["P"] = 1e15, ["E"] = 1e18,
        ["Ki"] = 1L << 10, ["Mi"] = 1L << 20, ["Gi"] = 1L << 30, ["Ti"] = 1L << 40, ["Pi"] = 1L << 50, ["Ei"] = 1L << 60,
    };

    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    private static readonly string[] DecimalSuffixes = ["", "k", "M", "G", "T", "P", "E"];

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

    /// <summary>Whether a quantity is written in powers of 1024.</summary>
    public static bool IsBinary(JsonNode? value) => value.Text()?.EndsWith('i') == true;

    /// <summary>As Go writes it: with the largest suffix that leaves a whole number, thousandths at the least.</summary>
    public static string Format(double amount, bool binary)
    {
        var thousandths = decimal.Round((decimal)amount * 1000);
        if (thousandths % 1000 != 0)
        {
            return $"{thousandths:0}m";
        }

        var (whole, step, suffixes) = binary && Math.Abs(thousandths) >= 1024 * 1000
            ? (thousandths / 1000, 1024, BinarySuffixes)
            : (thousandths / 1000, 1000, DecimalSuffixes);
        var index = 0;
        while (whole != 0 && whole % step == 0 && index < suffixes.Length - 1)
        {
            whole /= step;
            index++;
        }

        return $"{whole:0}{suffixes[index]}";
    }

    private static bool Number(string text, out double amount) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out amount);
}
