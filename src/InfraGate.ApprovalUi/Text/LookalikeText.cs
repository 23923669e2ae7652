using System.Globalization;
using InfraGate.Plans.Lookalikes;

namespace InfraGate.ApprovalUi.Text;

/// <summary>
/// Takes a text apart so that nothing in it can deceive the eye: control, zero-width, bidirectional and other invisible characters are named by code point, and letters and
/// punctuation that are read as ASCII (UTS #39) are marked. Stops the "look-alike and bidirectional Unicode in what a human approves" attack.
/// </summary>
internal static class LookalikeText
{
    /// <summary>Whether the text holds nothing but visible ASCII, so that it can stand as it is. Nearly every line of a diff does.</summary>
    public static bool IsPlain(string text) => OddCharacters.IsPlain(text);

    /// <summary>The pieces, in order; together they stand for the whole text.</summary>
    public static IReadOnlyList<TextPiece> Reveal(string text)
    {
        var pieces = new List<TextPiece>();
        var position = 0;
        foreach (var oddity in OddCharacters.Find(text))
        {
            if (oddity.Position > position)
            {
                pieces.Add(new TextPiece(text[position..oddity.Position], Warning: null));
            }

            pieces.Add(new TextPiece(Show(oddity), Warn(oddity)));

            // Half of a surrogate pair stands for itself in the text, and for U+FFFD as a rune; both are one unit.
            position = oddity.Position + oddity.Rune.Utf16SequenceLength;
        }

        if (position < text.Length || pieces.Count == 0)
        {
            pieces.Add(new TextPiece(text[position..], Warning: null));
        }

        return pieces;
    }

    /// <summary>The same as one text without marks, where markup cannot stand.</summary>
    public static string Plain(string text) => string.Concat(Reveal(text).Select(piece => piece.Text));

    private static string Show(Oddity oddity)
    {
        var codePoint = "U+" + oddity.Rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return oddity.Kind is OddityKind.Letter or OddityKind.Punctuation ? $"{oddity.Rune}[{codePoint}]" : $"[{codePoint}]";
    }

    private static string Warn(Oddity oddity) => oddity.Kind switch
    {
        OddityKind.Control => "control character",
        OddityKind.Direction => "changes the direction of text",
        OddityKind.Invisible => "invisible character",
        OddityKind.Separator => "line separator",
        OddityKind.Space => "unusual space",
        OddityKind.Meaningless => "character without a meaning",
        OddityKind.CombiningMark => "combining mark",
        OddityKind.Broken => "broken character",
        OddityKind.Punctuation => $"looks like {oddity.Target}",
        _ => "letter of another script",
    };
}
