using System.Globalization;
using System.Text;

namespace InfraGate.Plans.Sealing;

/// <summary>Writes a finite double as ECMAScript's <c>Number.prototype.toString</c> does, which RFC 8785 section 3.2.2.3 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The text of a finite number.</summary>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // "R" gives the shortest digits that read back to the same double, which are the digits ECMAScript uses.
        var scientific = value.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Split(scientific);
        var text = Place(digits, exponent);
        return value < 0 ? "-" + text : text;
    }

    /// <summary>The significant digits without leading or trailing zeros, and n of ECMA-262: the value is 0.digits × 10^n.</summary>
    private static (string Digits, int Exponent) Split(string text)
    {
        var mantissa = text.AsSpan().TrimStart('-');
        var exponent = 0;
        var e = mantissa.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        var digits = string.Concat(whole, fraction);
        exponent += whole.Length;

        var leading = digits.Length - digits.AsSpan().TrimStart('0').Length;
        return (digits[leading..].TrimEnd('0'), exponent - leading);
    }

    private static string Place(string digits, int n)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
        {
            return digits + new string('0', n - k);
        }

        if (n is > 0 and <= 21)
        {
            return digits[..n] + "." + digits[n..];
        }

        if (n is > -6 and <= 0)
        {
            return "0." + new string('0', -n) + digits;
        }

        var text = new StringBuilder().Append(digits[0]);
        if (k > 1)
        {
            text.Append('.').Append(digits, 1, k - 1);
        }

        var shown = n - 1;
        return text.Append('e').Append(shown < 0 ? '-' : '+').Append(Math.Abs(shown).ToString(CultureInfo.InvariantCulture)).ToString();
    }
}
