namespace InfraGate.Plans.Redaction.Hidden;

/// <summary>What sort of character a reader does not see, or sees in another place than it stands.</summary>
public enum HiddenKind
{
    /// <summary>Visible text.</summary>
    None,

    /// <summary>A terminal escape sequence (ECMA-48: CSI, OSC, DCS and the like).</summary>
    Escape,

    /// <summary>A control character other than line feed and tab.</summary>
    Control,

    /// <summary>A character without width: zero-width spaces and joiners, fillers, soft hyphens, variation selectors.</summary>
    Invisible,

    /// <summary>A character that changes the direction of what follows (Unicode UAX #9; "Trojan Source", CVE-2021-42574).</summary>
    Bidirectional,

    /// <summary>A tag character (U+E0000 to U+E007F), in which whole sentences can be hidden.</summary>
    Tag,
}
