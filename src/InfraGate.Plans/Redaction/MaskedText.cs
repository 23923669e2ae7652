using System.Globalization;
using System.Text.RegularExpressions;

namespace InfraGate.Plans.Redaction;

/// <summary>Tells whether a text that is shown is another one with parts of it replaced by their <see cref="Fingerprint"/>, and nothing else.</summary>
internal static partial class MaskedText
{
    /// <summary>Whether <paramref name="shown"/> is <paramref name="exact"/>, as it is or with parts hidden.</summary>
    public static bool Shows(string shown, string exact)
    {
        var (read, matched) = (0, 0);
        foreach (Match mark in MarkPattern().Matches(shown))
        {
            var literal = shown.AsSpan(read, mark.Index - read);
            if (!exact.AsSpan(matched).StartsWith(literal, StringComparison.Ordinal))
            {
                return false;
            }

            matched += literal.Length;
            read = mark.Index + mark.Length;
            if (LengthBehind(exact, matched, mark) is not { } length)
            {
                return false;
            }

            matched += length;
        }

        return shown.AsSpan(read).SequenceEqual(exact.AsSpan(matched));
    }

    /// <summary>How much of the text stands behind a mark: what it is the fingerprint of, or itself where the text has it as it is; null when neither.</summary>
    private static int? LengthBehind(string exact, int start, Match mark)
    {
        if (exact.AsSpan(start).StartsWith(mark.ValueSpan, StringComparison.Ordinal))
        {
            return mark.Length;
        }

        return int.TryParse(mark.Groups["length"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= exact.Length - start
            && Fingerprint.Of(exact.Substring(start, length)) == mark.Value
            ? length
            : null;
    }

    [GeneratedRegex(@"sha256:[0-9a-f]{12} \((?<length>[0-9]{1,9}) characters?\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkPattern();
}
