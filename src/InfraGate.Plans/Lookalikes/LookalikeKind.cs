namespace InfraGate.Plans.Lookalikes;

/// <summary>In which company a character is read as the ASCII character that it looks like.</summary>
public enum LookalikeKind
{
    /// <summary>A letter or digit of some script: deceives among ASCII letters and where nothing else stands in the word.</summary>
    Letter,

    /// <summary>A form of an ASCII character made for typesetting (full-width, mathematical): deceives anywhere.</summary>
    Form,

    /// <summary>Punctuation that no language writes in its prose: deceives anywhere.</summary>
    Sharp,

    /// <summary>Hyphens and signs that typesetters put into prose: marked anywhere, held against no prose.</summary>
    Mild,

    /// <summary>Dashes, quotes and dots of good typography: deceive within a technical word only.</summary>
    Prose,

    /// <summary>Punctuation and strokes of Chinese, Japanese and Korean text: deceive away from it only.</summary>
    EastAsian,
}
