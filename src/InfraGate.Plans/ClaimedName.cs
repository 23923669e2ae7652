using System.Globalization;
using System.Text;

namespace InfraGate.Plans;

/// <summary>
/// The name that a program gave itself: at its registration with the issuer (RFC 7591, <c>client_name</c>) or at <c>initialize</c> (MCP, <c>clientInfo.name</c>). Nobody has checked it and nothing
/// is decided by it; it only tells a person which of their programs asked. Whoever shows it says that the program claims it.
/// </summary>
public static class ClaimedName
{
    /// <summary>The longest name that is kept, in Unicode scalar values; a longer one is cut and ends with an ellipsis.</summary>
    public const int MaximumLength = 60;

    /// <summary>
    /// The name in one bounded line; null when nothing is left of it. Quotation marks become apostrophes, so that no name can leave the quotation marks that it is shown in
    /// and go on as if InfraGate were speaking. Other deceptive characters stay, for the pages to show as what they are.
    /// </summary>
    public static string? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var line = new StringBuilder();
        var length = 0;
        foreach (var rune in name.Trim().EnumerateRunes())
        {
            if (length++ == MaximumLength)
            {
                return line.Append('…').ToString();
            }

            line.Append(IsBreak(rune) ? " " : IsQuotation(rune) ? "'" : rune.ToString());
        }

        return line.ToString();
    }

    private static bool IsBreak(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsQuotation(Rune rune) =>
        rune.Value is '"' or '`' or 0x2033 or 0x02BA or 0x201A or 0x201E or (>= 0x300C and <= 0x300F) or (>= 0x301D and <= 0x301F) or 0xFF02
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation;
}
