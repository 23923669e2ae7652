using System.Globalization;
using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>A character of a text with what it is read as.</summary>
internal readonly record struct Glyph(Rune Rune, int Position, Lookalike? Alike, UnicodeCategory Category)
{
    public static Glyph Of(Rune rune, int position) => new(rune, position, LookalikeTable.Find(rune), Rune.GetUnicodeCategory(rune));

    /// <summary>The character as it is read.</summary>
    public int Read => Alike?.Target ?? Rune.Value;

    public bool IsAsciiAlphanumeric => Rune.IsAscii && char.IsAsciiLetterOrDigit((char)Rune.Value);

    public bool IsAsciiLetter => Rune.IsAscii && char.IsAsciiLetter((char)Rune.Value);

    /// <summary>Whether it is a Latin letter of a European language that is read as itself.</summary>
    public bool IsLatinLetter => Rune.Value < 0x250 && Alike is null && Rune.IsLetter(Rune);

    public bool IsVisibleAscii => Rune.Value is > 0x20 and < 0x7F;

    /// <summary>Whether it is a letter or digit, or read as one.</summary>
    public bool IsLetter => Rune.IsLetterOrDigit(Rune) && Alike?.Kind is null or LookalikeKind.Letter or LookalikeKind.Form || Alike is { Kind: LookalikeKind.Letter or LookalikeKind.Form };

    /// <summary>Whether names, paths and addresses are held together by it.</summary>
    public bool Joins => Read is '-' or '_' or '.' or '/' or ':' or '@';

    /// <summary>Whether paths, flags and assignments are made with it, so that a word beside it is no prose.</summary>
    public bool IsTechnicalSign => Read is '/' or '\\' or '@' or '_' or '=' or '$' or '|' or '&' or '<' or '>' or '{' or '}' or '[' or ']' or '#' or '*' or '+' or '~' or '^' or '%';

    /// <summary>Whether it is the typographic or ASCII punctuation that prose sets around a word.</summary>
    public bool IsEdge => Alike is { Kind: LookalikeKind.Prose or LookalikeKind.EastAsian, Target: not '-' and not '/' and not '\\' }
        || Category is UnicodeCategory.SpaceSeparator || Rune.Value is '"' or '\'' or '`' or '(' or ')' or '[' or ']' or ',' or '.' or ';' or ':' or '!' or '?' or '%' or 0xAB or 0xBB;

    /// <summary>Han, kana and Hangul with the brackets that are read as themselves.</summary>
    public bool IsEastAsian => Alike is null && Rune.Value is not 0x3000 and (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFFDC) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>A number for the script of a letter, or for its block; 0 for Latin letters and for what has no script.</summary>
    public int Script => Rune.Value switch
    {
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => 1,
        (>= 0x0400 and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0x2DE0 and <= 0x2DFF) or (>= 0xA640 and <= 0xA69F) => 2,
        >= 0x0530 and <= 0x058F => 3,
        (>= 0x13A0 and <= 0x13FF) or (>= 0xAB70 and <= 0xABBF) => 4,
        >= 0x2C00 and <= 0x2DDF => 5,
        >= 0xA4D0 and <= 0xA4FF => 6,
        >= 0x1E00 and <= 0x1EFF => Vietnamese,
        >= 0x0590 and <= 0x10FF => 0x100 + (Rune.Value >> 7),
        _ => 0,
    };

    /// <summary>
    /// Whether a letter is marked among ASCII letters even where it looks like none of them: no word needs both scripts (UTS #39, section 5, mixed-script detection).
    /// </summary>
    public bool IsForeignToLatin => Alike is null && Script is >= 1 and <= Vietnamese && Rune.IsLetter(Rune);

    /// <summary>Latin letters with several accents, which Vietnamese needs.</summary>
    public const int Vietnamese = 7;
}
