using System.Globalization;
using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>
/// Judges the characters between two ASCII spaces, each once. A word is technical when it is made like an address, path, flag or assignment; typographic punctuation within it, or between
/// two visible ASCII characters, is read as ASCII punctuation.
/// </summary>
internal sealed class OddityWord(List<Glyph> glyphs, OddityRun run, List<Oddity> found)
{
    private const int MostPunctuation = 4;

    private int _first;
    private int _last;
    private bool _isTechnical;
    private bool _isEastAsian;

    /// <param name="endsLine">Whether a line feed follows.</param>
    public void Judge(bool endsLine)
    {
        Measure();
        for (var index = 0; index < glyphs.Count; index++)
        {
            var glyph = glyphs[index];
            if (glyph.Rune.IsAscii && glyph.Category is not UnicodeCategory.Control)
            {
                continue;
            }

            if (Hidden(index, endsLine) is { } hidden)
            {
                found.Add(hidden);
            }
            else if (glyph.Alike is { } alike && Company(index, alike) is { } reach)
            {
                found.Add(new Oddity(glyph.Position, glyph.Rune, char.IsAsciiLetterOrDigit(alike.Target) ? OddityKind.Letter : OddityKind.Punctuation, reach, alike.Target));
            }
        }

        JudgeLetters();
    }

    private OddityReach InProse => _isTechnical ? OddityReach.Anywhere : OddityReach.Running;

    /// <summary>Leaves the punctuation around the word off and looks how the rest is made.</summary>
    private void Measure()
    {
        (_first, _last) = (0, glyphs.Count - 1);
        while (_first < _last && glyphs[_first].IsEdge)
        {
            _first++;
        }

        while (_last > _first && glyphs[_last].IsEdge)
        {
            _last--;
        }

        var (hasAscii, isMade) = (false, false);
        _isEastAsian = glyphs.Exists(glyph => glyph.IsEastAsian);
        for (var index = _first; index <= _last; index++)
        {
            var glyph = glyphs[index];
            hasAscii |= glyph.IsAsciiAlphanumeric;
            isMade |= glyph.Rune.Value is '/' or '\\' or '@' or '=' or '_' or '$' || glyph.Alike is { Kind: LookalikeKind.Sharp }
                || (glyph.Rune.Value is '.' or ':' && IsWithin(index) && (glyphs[index - 1].IsAsciiLetter || glyphs[index + 1].IsAsciiLetter));
        }

        isMade |= glyphs[_first].Read == '-' && _first < _last && (glyphs[_first + 1].IsAsciiLetter || glyphs[_first + 1].Rune.Value is '-');
        _isTechnical = hasAscii && isMade;
    }

    private Oddity? Hidden(int index, bool endsLine)
    {
        var glyph = glyphs[index];
        (OddityKind Kind, OddityReach Reach)? odd = glyph.Category switch
        {
            _ when glyph.Rune == Rune.ReplacementChar && glyph.Position < 0 => (OddityKind.Broken, OddityReach.Anywhere),
            UnicodeCategory.Control when endsLine && glyph.Rune.Value is '\r' && index == glyphs.Count - 1 => (OddityKind.Control, OddityReach.Shown),
            UnicodeCategory.Control => (OddityKind.Control, OddityReach.Anywhere),
            UnicodeCategory.Format when IsDirectional(glyph.Rune) => (OddityKind.Direction, OddityReach.Anywhere),
            UnicodeCategory.Format when JoinsPictures(index) => null,
            UnicodeCategory.Format => (OddityKind.Invisible, OddityReach.Anywhere),
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => (OddityKind.Separator, OddityReach.Anywhere),
            UnicodeCategory.SpaceSeparator when IsEastAsianSpace(index) => null,
            UnicodeCategory.SpaceSeparator => (OddityKind.Space, IsWithin(index) ? InProse : OddityReach.Running),
            UnicodeCategory.PrivateUse => (OddityKind.Meaningless, OddityReach.Anywhere),
            UnicodeCategory.OtherNotAssigned when !IsInvisible(glyph.Rune) => (OddityKind.Meaningless, OddityReach.Running),
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when JoinsPictures(index) => null,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => (OddityKind.CombiningMark, index > 0 && glyphs[index - 1].IsVisibleAscii ? InProse : OddityReach.Shown),
            _ when IsInvisible(glyph.Rune) => (OddityKind.Invisible, OddityReach.Anywhere),
            _ => null,
        };
        return odd is { } known ? new Oddity(glyph.Position < 0 ? ~glyph.Position : glyph.Position, glyph.Rune, known.Kind, known.Reach, known.Kind is OddityKind.Space ? ' ' : null) : null;
    }

    /// <summary>Whether the emoji before needs the character: a presentation selector, or a joiner to the next emoji (UTS #51).</summary>
    private bool JoinsPictures(int index)
    {
        if (index == 0 || !IsPicture(glyphs[index - 1]))
        {
            return false;
        }

        return glyphs[index].Rune.Value switch
        {
            0xFE0F => glyphs[index - 1].Category is UnicodeCategory.OtherSymbol,
            0x200D => index + 1 < glyphs.Count && glyphs[index + 1].Category is UnicodeCategory.OtherSymbol,
            _ => false,
        };
    }

    private static bool IsPicture(Glyph glyph) => glyph.Category is UnicodeCategory.OtherSymbol || glyph.Rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF);

    private bool IsEastAsianSpace(int index) => glyphs[index].Rune.Value is 0x3000 && HasEastAsianNeighbour(index) && !HasAsciiNeighbour(index);

    /// <summary>Whether a look-alike is read as ASCII where it stands, and where that matters; letters are judged by their words.</summary>
    private OddityReach? Company(int index, Lookalike alike) => alike.Kind switch
    {
        LookalikeKind.Sharp => OddityReach.Anywhere,
        LookalikeKind.Form => _isEastAsian ? OddityReach.Running : OddityReach.Anywhere,
        LookalikeKind.Mild => InProse,
        LookalikeKind.Prose when IsTypography(index, alike) => null,
        LookalikeKind.Prose => InProse,
        LookalikeKind.EastAsian when !IsAway(index) => null,
        LookalikeKind.EastAsian when !_isEastAsian => OddityReach.Anywhere,
        LookalikeKind.EastAsian => IsWithin(index) ? InProse : OddityReach.Running,
        _ => null,
    };

    private bool IsTypography(int index, Lookalike alike)
    {
        var before = index > 0 ? glyphs[index - 1] : default;
        var after = index + 1 < glyphs.Count ? glyphs[index + 1] : default;
        var isGlued = before.IsVisibleAscii && after.IsVisibleAscii;
        return alike.Target switch
        {
            // An apostrophe (also of "shop/web’s"), the Catalan l·l, a range of numbers and a size.
            '\'' when before.IsAsciiLetter && after.IsAsciiLetter => !_isTechnical || (index + 1 == _last && after.Rune.Value is 's'),
            '.' when before.Rune.Value is 'l' or 'L' && after.Rune.Value is 'l' or 'L' => !_isTechnical,
            '-' or 'x' when char.IsAsciiDigit((char)before.Rune.Value) && char.IsAsciiDigit((char)after.Rune.Value) => !_isTechnical,
            '-' when index == _first && after.IsAsciiAlphanumeric => false,
            _ => !IsWithin(index) || !(isGlued || _isTechnical),
        };
    }

    private bool IsWithin(int index) => index > _first && index < _last;

    private bool HasEastAsianNeighbour(int index) => (Neighbour(index, -1) is { } before && before.IsEastAsian) || (Neighbour(index, 1) is { } after && after.IsEastAsian);

    private bool HasAsciiNeighbour(int index) => (Neighbour(index, -1) ?? default).IsVisibleAscii || (Neighbour(index, 1) ?? default).IsVisibleAscii;

    /// <summary>Whether East Asian punctuation stands away from such text, or joins such text to an address or name.</summary>
    private bool IsAway(int index)
    {
        if (!HasEastAsianNeighbour(index))
        {
            return true;
        }

        var isStructure = glyphs[index].Read is '/' or '.' or ':' or '@' or '\\' or '-' or '_' or '=' or '?' or '&' or '#' or '%';
        return isStructure && !Rune.IsLetter(glyphs[index].Rune) && HasAsciiNeighbour(index);
    }

    /// <summary>The next character, past a few others that may be East Asian punctuation (<c>）。</c>); the bound keeps a long row of them from costing its square.</summary>
    private Glyph? Neighbour(int index, int step)
    {
        for (var count = 0; count < MostPunctuation; count++)
        {
            index += step;
            if (index < 0 || index >= glyphs.Count)
            {
                return null;
            }

            if (glyphs[index].Alike is not { Kind: LookalikeKind.EastAsian })
            {
                return glyphs[index];
            }
        }

        return null;
    }

    private void JudgeLetters()
    {
        var start = 0;
        for (var index = 0; index <= glyphs.Count; index++)
        {
            if (index < glyphs.Count && (glyphs[index].IsLetter || glyphs[index].Joins || glyphs[index].Category is UnicodeCategory.NonSpacingMark))
            {
                continue;
            }

            JudgeJoined(start, index);
            start = index + 1;
        }
    }

    /// <summary>Letters and what joins them: other scripts among ASCII letters and digits, else parts in which every letter is read as an ASCII one.</summary>
    private void JudgeJoined(int start, int end)
    {
        var (hasLetter, hasAscii, hasOther) = (false, false, false);
        for (var index = start; index < end; index++)
        {
            hasLetter |= glyphs[index].IsLatinLetter;
            hasAscii |= glyphs[index].IsAsciiAlphanumeric || glyphs[index].IsLatinLetter;
            hasOther |= !glyphs[index].Rune.IsAscii;
        }

        if (!hasAscii)
        {
            JudgeParts(start, end);
            return;
        }

        run.End();
        for (var index = start; hasOther && index < end; index++)
        {
            var glyph = glyphs[index];
            if (glyph is { Alike: { Kind: LookalikeKind.Letter } } || glyph.IsForeignToLatin)
            {
                found.Add(new Oddity(glyph.Position, glyph.Rune, OddityKind.Letter, MixedReach(glyph, hasLetter), glyph.Alike?.Target));
            }
        }
    }

    private OddityReach MixedReach(Glyph glyph, bool hasLetter) => glyph switch
    {
        { Script: Glyph.Vietnamese, Alike: null } => _isTechnical ? OddityReach.Anywhere : OddityReach.Shown,

        // The Turkish letter.
        { Rune.Value: 0x131 } => InProse,
        _ => hasLetter ? OddityReach.Anywhere : InProse,
    };

    private void JudgeParts(int start, int end)
    {
        var from = start;
        for (var index = start; index <= end; index++)
        {
            if (index < end && glyphs[index].IsLetter)
            {
                continue;
            }

            if (index > from)
            {
                var standsAlone = IsSign(from - 1) || IsSign(index);
                if (standsAlone)
                {
                    run.End();
                }

                run.Add(glyphs, from, index);
                if (standsAlone)
                {
                    run.End();
                }
            }

            from = index + 1;
        }
    }

    /// <summary>Whether a sign of paths, flags or assignments stands there.</summary>
    private bool IsSign(int index) => index >= 0 && index < glyphs.Count && (glyphs[index].IsTechnicalSign || (index == 0 && glyphs[index].Read == '-'));

    private static bool IsDirectional(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or (>= 0xE0000 and <= 0xE0FFF);
}
