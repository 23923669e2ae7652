using System.Globalization;
using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>
/// Finds what deceives the eye in a text: hidden characters ("Trojan Source", CVE-2021-42574) and characters read as ASCII (Unicode Technical Standard 39). The approval page
/// marks what is found and the finding <c>hidden-characters</c> is raised over it, so that neither says less than the other. The cost is linear in the text.
/// </summary>
public static class OddCharacters
{
    /// <summary>Whether the text holds nothing but visible ASCII, space, line feed and tab.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => Ascii.IsValid(text) && !text.ContainsAnyInRange('\0', '\x08') && !text.ContainsAnyInRange('\x0b', '\x1f') && !text.Contains('\x7f');

    /// <summary>The odd characters, in the order in which they stand.</summary>
    public static IReadOnlyList<Oddity> Find(string text)
    {
        if (IsPlain(text))
        {
            return [];
        }

        var found = new List<Oddity>();
        var glyphs = new List<Glyph>();
        var run = new OddityRun(found);
        var word = new OddityWord(glyphs, run, found);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is ' ' or '\n' or '\t')
            {
                Close(glyphs, word, endsLine: rune.Value is '\n');
            }
            else
            {
                // A negative position says that the replacement character is none of the text's own.
                var isBroken = rune == Rune.ReplacementChar && text[position] != '\uFFFD';
                glyphs.Add(Glyph.Of(rune, isBroken ? ~position : position));
            }

            if (rune.Value is '\n')
            {
                run.End();
            }

            position += rune.Utf16SequenceLength;
        }

        Close(glyphs, word, endsLine: false);
        run.End();
        found.Sort((left, right) => left.Position.CompareTo(right.Position));
        return found;
    }

    private static void Close(List<Glyph> glyphs, OddityWord word, bool endsLine)
    {
        if (glyphs.Count > 0)
        {
            word.Judge(endsLine);
            glyphs.Clear();
        }
    }
}
