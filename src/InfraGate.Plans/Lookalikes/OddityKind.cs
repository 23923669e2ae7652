namespace InfraGate.Plans.Lookalikes;

/// <summary>Why a character is not what the eye takes it for.</summary>
public enum OddityKind
{
    /// <summary>A control character other than line feed and tab.</summary>
    Control,

    /// <summary>Changes the direction of text (UAX #9).</summary>
    Direction,

    /// <summary>Takes no room.</summary>
    Invisible,

    /// <summary>Breaks a line where ASCII tools see none.</summary>
    Separator,

    /// <summary>A space that is not U+0020.</summary>
    Space,

    /// <summary>Private use or not assigned.</summary>
    Meaningless,

    /// <summary>Changes the character before it.</summary>
    CombiningMark,

    /// <summary>Half of a surrogate pair.</summary>
    Broken,

    /// <summary>Is read as ASCII punctuation.</summary>
    Punctuation,

    /// <summary>Is read as an ASCII letter or digit.</summary>
    Letter,
}
