using System.Runtime.InteropServices;

namespace InfraGate.Plans.Redaction.Naming;

/// <summary>A configuration name split into its words: at <c>_ - .</c>, where the case changes, and before trailing digits.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct NameWords
{
    private const int MaximumWords = 16;
    private readonly ReadOnlySpan<char> name;
    private Bounds bounds;

    public NameWords(ReadOnlySpan<char> name, bool byCase)
    {
        this.name = name;
        var start = 0;
        for (var i = 0; i < name.Length && Count < MaximumWords; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]))
            {
                Close(start, i);
                start = i + 1;
            }
            else if (byCase && i > start && StartsWord(i))
            {
                Close(start, i);
                start = i;
            }
        }

        Close(start, name.Length);
    }

    public int Count { get; private set; }

    /// <summary>The word at a place, in the case it was written in.</summary>
    public readonly ReadOnlySpan<char> this[int index]
    {
        get
        {
            var (start, end) = (bounds[index] >> 16, bounds[index] & 0xFFFF);
            return name[start..end];
        }
    }

    private readonly bool StartsWord(int i)
    {
        var (before, here) = (name[i - 1], name[i]);
        if (char.IsAsciiLetterUpper(here))
        {
            var endsAcronym = i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]) && char.IsAsciiLetterUpper(before);
            return char.IsAsciiLetterLower(before) || endsAcronym;
        }

        return char.IsAsciiDigit(here) && char.IsAsciiLetter(before) && !name[i..].ContainsAnyExcept(CharacterSets.Digit);
    }

    private void Close(int start, int end)
    {
        if (end > start && Count < MaximumWords)
        {
            bounds[Count++] = (start << 16) | end;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(MaximumWords)]
    private struct Bounds
    {
        private int first;
    }
}
