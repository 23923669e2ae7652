using System.Runtime.InteropServices;

namespace InfraGate.Plans.Redaction.Hidden;

/// <summary>How many hidden characters and sequences were removed from a text, by sort.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HiddenCounts(int Escape, int Control, int Invisible, int Bidirectional, int Tag)
{
    /// <summary>All of them together.</summary>
    public int Total => Escape + Control + Invisible + Bidirectional + Tag;

    /// <summary>Adds one of a sort.</summary>
    public HiddenCounts Plus(HiddenKind kind) => kind switch
    {
        HiddenKind.Escape => this with { Escape = Escape + 1 },
        HiddenKind.Control => this with { Control = Control + 1 },
        HiddenKind.Invisible => this with { Invisible = Invisible + 1 },
        HiddenKind.Bidirectional => this with { Bidirectional = Bidirectional + 1 },
        HiddenKind.Tag => this with { Tag = Tag + 1 },
        _ => this,
    };

    /// <summary>Adds the counts of another text.</summary>
    public HiddenCounts Plus(HiddenCounts other) =>
        new(Escape + other.Escape, Control + other.Control, Invisible + other.Invisible, Bidirectional + other.Bidirectional, Tag + other.Tag);
}
