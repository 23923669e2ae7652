namespace InfraGate.Plans.Lookalikes;

/// <summary>What a character is read as.</summary>
/// <param name="Target">The ASCII character; the first where it is read as several.</param>
/// <param name="Kind">In which company.</param>
public readonly record struct Lookalike(char Target, LookalikeKind Kind)
{
    /// <summary>Whether it is read as a letter, rather than as a digit or punctuation.</summary>
    public bool IsLetter => char.IsAsciiLetter(Target);
}
