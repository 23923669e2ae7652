using System.Globalization;
using System.Text;

namespace InfraGate.DevIssuer.Pages;

/// <summary>Names that clients chose for themselves, made safe to read: no control, invisible or bidirectional characters, bounded.</summary>
internal static class DisplayText
{
    private const int MaximumLength = 80;

    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaximumLength)
            {
                return shown.Append('…').ToString();
            }

            var isPlain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            shown.Append(isPlain ? rune.ToString() : "�");
        }

        return shown.Length == 0 ? "(no name)" : shown.ToString();
    }
}
