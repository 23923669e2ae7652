using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>
/// Neighbouring words without ASCII. A word is read as ASCII when each of its letters is. The short ones among the other words of the same language on the same line are
/// that language's own (Russian has <c>с</c>, <c>у</c>, <c>ее</c>; Greek has <c>για</c>, <c>να</c>).
/// </summary>
internal sealed class OddityRun(List<Oddity> found)
{
    /// <summary>Up to so many letters a word may be one of the small words of its language.</summary>
    private const int ShortWord = 3;

    private readonly List<(Glyph Glyph, int Length)> _waiting = [];
    private int _script;
    private bool _isLanguage;

    /// <summary>A word of letters alone.</summary>
    public void Add(List<Glyph> glyphs, int start, int end)
    {
        var script = glyphs[start].Script;
        if (script != _script)
        {
            End();
            _script = script;
        }

        var isAlike = true;
        for (var index = start; index < end; index++)
        {
            isAlike &= glyphs[index].Alike is { IsLetter: true };
            if (glyphs[index].Script != script)
            {
                // Two scripts in one word are no language's own.
                _script = -1;
            }
        }

        if (!isAlike)
        {
            _isLanguage |= _script > 0;
            return;
        }

        for (var index = start; index < end; index++)
        {
            if (glyphs[index].Alike is { Kind: LookalikeKind.Letter })
            {
                _waiting.Add((glyphs[index], end - start));
            }
        }
    }

    /// <summary>No further word belongs to the run.</summary>
    public void End()
    {
        foreach (var (glyph, length) in _waiting)
        {
            if (length > ShortWord || !_isLanguage)
            {
                // One letter between ASCII words is a preposition in Russian prose ("nginx с TLS").
                found.Add(new Oddity(glyph.Position, glyph.Rune, OddityKind.Letter, _isLanguage || length == 1 ? OddityReach.Running : OddityReach.Anywhere, glyph.Alike?.Target));
            }
        }

        _waiting.Clear();
        (_script, _isLanguage) = (0, false);
    }
}
