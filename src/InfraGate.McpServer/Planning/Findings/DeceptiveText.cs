using System.Globalization;
using System.Text;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Recognises text that people read as something else (Unicode Technical Standard 39, "Trojan Source").</summary>
internal static class DeceptiveText
{
    private const int First = 0x80;

    /// <summary>What is deceptive in a text; null when nothing is.</summary>
    public static string? Describe(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= First && IsInvisible(rune))
            {
                return $"the invisible character U+{rune.Value:X4}";
            }
        }

        return MixesScripts(text) ? "letters of different scripts in one word" : null;
    }

    /// <summary>The text with every invisible character written out.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.Value >= First && IsInvisible(rune) ? $"\\u{{{rune.Value:X4}}}" : rune.ToString());
        }

        return result.ToString();
    }

    // Format characters hold the bidirectional controls and zero-width characters; the others render as nothing or as a space.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    private static bool MixesScripts(string text)
    {
        var (latin, alike) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('-' or '.' or '_' or '/'))
            {
                (latin, alike) = (false, false);
                continue;
            }

            latin |= Rune.IsLetter(rune) && rune.Value < 0x250;
            alike |= rune.Value is (>= 0x370 and <= 0x52F) or (>= 0x13A0 and <= 0x13FF) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0xFF21 and <= 0xFF5A);
            if (latin && alike)
            {
                return true;
            }
        }

        return false;
    }
}
