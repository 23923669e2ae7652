using System.Globalization;
using System.Text;

namespace InfraGate.ApprovalUi.Text;

/// <summary>
/// Takes a text apart so that nothing in it can deceive the eye: control, zero-width, bidirectional and other invisible characters are named by code point, and letters of
/// other scripts within a Latin word (homoglyphs, UTS #39 mixed-script) are marked. Stops the "look-alike and bidirectional Unicode in what a human approves" attack.
/// </summary>
internal static class LookalikeText
{
    /// <summary>Whether the text holds nothing but visible ASCII, so that it can stand as it is. Nearly every line of a diff does.</summary>
    public static bool IsPlain(string text) => Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f');

    /// <summary>The pieces, in order; together they stand for the whole text.</summary>
    public static IReadOnlyList<TextPiece> Reveal(string text)
    {
        if (IsPlain(text))
        {
            return [new TextPiece(text, Warning: null)];
        }

        var pieces = new List<TextPiece>();
        var plain = new StringBuilder();
        var mixed = MixedScriptRunes(text);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var warning = Warn(rune, text, position, mixed.Contains(position));
            position += rune.Utf16SequenceLength;
            if (warning is null)
            {
                plain.Append(rune.ToString());
                continue;
            }

            Flush(plain, pieces);
            pieces.Add(new TextPiece(Show(rune, warning), warning));
        }

        Flush(plain, pieces);
        return pieces;
    }

    /// <summary>The same as one text without marks, where markup cannot stand.</summary>
    public static string Plain(string text) => string.Concat(Reveal(text).Select(piece => piece.Text));

    private static void Flush(StringBuilder plain, List<TextPiece> pieces)
    {
        if (plain.Length > 0)
        {
            pieces.Add(new TextPiece(plain.ToString(), Warning: null));
            plain.Clear();
        }
    }

    private static string Show(Rune rune, string warning)
    {
        var codePoint = "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return warning == LetterOfAnotherScript ? $"{rune}[{codePoint}]" : $"[{codePoint}]";
    }

    private const string LetterOfAnotherScript = "letter of another script";

    private static string? Warn(Rune rune, string text, int position, bool isMixed)
    {
        if (rune.Value is '\n' or '\t')
        {
            return null;
        }

        if (rune == Rune.ReplacementChar && text[position] != '\uFFFD')
        {
            return "broken character";
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => "control character",
            UnicodeCategory.Format => IsDirectional(rune) ? "changes the direction of text" : "invisible character",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "line separator",
            UnicodeCategory.SpaceSeparator when rune.Value != ' ' => "unusual space",
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "character without a meaning",
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => "combining mark",
            _ when IsInvisible(rune) => "invisible character",
            _ when IsCompatibilityForm(rune) => LetterOfAnotherScript,
            _ => isMixed ? LetterOfAnotherScript : null,
        };
    }

    private static bool IsDirectional(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Full-width Latin and mathematical alphabets: letters that look like ASCII and are not.</summary>
    private static bool IsCompatibilityForm(Rune rune) => rune.Value is (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF);

    /// <summary>Positions of Cyrillic, Greek, Armenian and Cherokee letters in words that also hold Latin letters or stand in an identifier.</summary>
    private static HashSet<int> MixedScriptRunes(string text)
    {
        var found = new HashSet<int>();
        var word = new List<int>();
        var hasLatin = false;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.' or '/' or ':' or '@')
            {
                hasLatin |= rune.IsAscii && Rune.IsLetterOrDigit(rune);
                if (IsConfusableScript(rune))
                {
                    word.Add(position);
                }
            }
            else
            {
                Close(found, word, ref hasLatin);
            }

            position += rune.Utf16SequenceLength;
        }

        Close(found, word, ref hasLatin);
        return found;
    }

    private static void Close(HashSet<int> found, List<int> word, ref bool hasLatin)
    {
        if (hasLatin)
        {
            found.UnionWith(word);
        }

        word.Clear();
        hasLatin = false;
    }

    private static bool IsConfusableScript(Rune rune) =>
        rune.Value is (>= 0x0370 and <= 0x03FF) or (>= 0x0400 and <= 0x052F) or (>= 0x0530 and <= 0x058F) or (>= 0x13A0 and <= 0x13FF)
            or 0x0131 or 0x0261 or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2C00 and <= 0x2DFF) or (>= 0xA640 and <= 0xA69F);
}
