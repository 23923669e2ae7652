using System.Buffers;
using System.Text;
using InfraGate.Plans.Redaction.Decoding;

namespace InfraGate.Plans.Redaction.Hidden;

/// <summary>
/// Finds and removes what makes a text read differently from what it is: terminal escape sequences, control characters, and characters that
/// are invisible or that reorder text. Line feeds and tabs stay; CR LF becomes LF.
/// </summary>
public static class HiddenText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\n\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Says what sort of hidden character a code point is; escape sequences are not code points, their introducers are <see cref="HiddenKind.Control"/>.</summary>
    public static HiddenKind Classify(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => HiddenKind.None,
        < 0x20 or (>= 0x7F and < 0xA0) => HiddenKind.Control,
        < 0xAD => HiddenKind.None,
        0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => HiddenKind.Bidirectional,
        >= 0xE0000 and <= 0xE007F => HiddenKind.Tag,
        0x00AD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) => HiddenKind.Invisible,
        (>= 0x200B and <= 0x200D) or 0x2028 or 0x2029 or (>= 0x2060 and <= 0x2065) or (>= 0x206A and <= 0x206F) => HiddenKind.Invisible,
        0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFFB) => HiddenKind.Invisible,
        (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0080 and <= 0xE0FFF) => HiddenKind.Invisible,
        _ => HiddenKind.None,
    };

    /// <summary>Removes everything hidden from a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="counts">What was removed.</param>
    /// <returns>The visible text; the very same instance when nothing was hidden.</returns>
    public static string Remove(string text, out HiddenCounts counts)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stripped = Strip(text, out counts);
        return stripped is null ? text : stripped.Text;
    }

    /// <summary>The visible text with its origin, or null when nothing is hidden.</summary>
    internal static MappedText? Strip(string text, out HiddenCounts counts)
    {
        counts = default;
        MappedText? visible = null;
        var (copied, position) = (0, 0);
        while (NextCandidate(text, position) is var at && at >= 0)
        {
            var kind = Measure(text, at, out var length);
            position = at + length;
            if (kind == HiddenKind.None)
            {
                continue;
            }

            visible ??= new MappedText(text.Length);
            visible.Append(text, copied, at);
            copied = position;
            if (IsLineBreak(text, at))
            {
                visible.Append('\n', at);
            }

            // The CR of a Windows line end is neither an attack nor worth a count.
            counts = IsWindowsLineEnd(text, at) ? counts : counts.Plus(kind);
        }

        visible?.Append(text, copied, text.Length);
        return visible;
    }

    private static int NextCandidate(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAnyExcept(Plain);
        return at < 0 ? -1 : from + at;
    }

    private static HiddenKind Measure(string text, int at, out int length)
    {
        length = EscapeSequence.Length(text.AsSpan(at));
        if (length > 0)
        {
            return HiddenKind.Escape;
        }

        if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length) != OperationStatus.Done)
        {
            // Half a surrogate pair is no character; JSON could not carry it.
            return HiddenKind.Invisible;
        }

        var kind = Classify(rune);
        return kind == HiddenKind.Invisible && IsEmojiStyle(text, at) ? HiddenKind.None : kind;
    }

    // One U+FE0F after a symbol is how emoji are written; several, or one after a letter, can carry data.
    private static bool IsEmojiStyle(string text, int at) =>
        text[at] is '\uFE0F' && at > 0 && text[at - 1] > '\u00A8' && text[at - 1] is not (>= '\uFE00' and <= '\uFE0F') && !char.IsLetter(text[at - 1]);

    private static bool IsWindowsLineEnd(string text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';

    // A lone CR lets a terminal write over the line; U+2028 and U+2029 break lines in some readers only. Both become plain line ends.
    private static bool IsLineBreak(string text, int at) => text[at] is '\u2028' or '\u2029' || text[at] == '\r' && !IsWindowsLineEnd(text, at);
}
