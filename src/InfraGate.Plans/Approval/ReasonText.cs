using System.Globalization;
using System.Text;

namespace InfraGate.Plans.Approval;

/// <summary>What people may write as a reason: up to 1,000 characters that look like what they are.</summary>
public static class ReasonText
{
    /// <summary>The most characters.</summary>
    public const int MaximumLength = 1000;

    // What reorders the text around it (Unicode UAX #9): a reason must not rewrite how the page or a log line reads.
    private static readonly HashSet<int> Reordering = [0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069];

    /// <summary>A reason as it is kept: line ends as <c>\n</c>, outer white space gone, null when nothing is left.</summary>
    public static string? Normalize(string? text)
    {
        var normalized = text?.ReplaceLineEndings("\n").Trim();
        return string.IsNullOrEmpty(normalized) ? null : normalized;
    }

    /// <summary>Why a normalized reason is not taken, in a sentence; null when it is.</summary>
    public static string? RefusalFor(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > MaximumLength)
        {
            return $"The reason is longer than {MaximumLength} characters.";
        }

        return text.EnumerateRunes().Any(IsRefused) ? "The reason holds control or text-direction characters; please write it without." : null;
    }

    private static bool IsRefused(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && rune.Value is not ('\n' or '\t'))
        || Reordering.Contains(rune.Value)
        || rune == Rune.ReplacementChar;
}
