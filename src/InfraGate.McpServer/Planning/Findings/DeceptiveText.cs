using System.Globalization;
using System.Text;
using InfraGate.Plans.Lookalikes;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Recognises text that people read as something else (Unicode Technical Standard 39, "Trojan Source"), by the same rules as the approval page marks it.</summary>
internal static class DeceptiveText
{
    private const int First = 0x80;

    /// <summary>What is deceptive in a text; null when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isProse">Whether only people read it, so that good typography in it is none of it.</param>
    public static string? Describe(string text, bool isProse)
    {
        var least = isProse ? OddityReach.Anywhere : OddityReach.Running;
        Oddity? first = null;
        foreach (var oddity in OddCharacters.Find(text).Where(oddity => oddity.Reach >= least))
        {
            // What cannot be seen at all is the worse half of a text that holds both.
            if (oddity.Target is null)
            {
                return Name(oddity);
            }

            first ??= oddity;
        }

        return first is { } seen ? Name(seen) : null;
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

    private static string Name(Oddity oddity) => oddity switch
    {
        { Kind: OddityKind.Letter, Target: null } => $"letters of different scripts in one word (U+{oddity.Rune.Value:X4})",
        { Kind: OddityKind.CombiningMark } => $"the combining mark U+{oddity.Rune.Value:X4}",
        { Kind: OddityKind.Space } => $"the unusual space U+{oddity.Rune.Value:X4}",
        { Target: { } target } => $"the character U+{oddity.Rune.Value:X4}, which looks like {target}",
        _ => $"the invisible character U+{oddity.Rune.Value:X4}",
    };

    // Format characters hold the bidirectional controls and zero-width characters; the others render as nothing or as a space.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;
}
