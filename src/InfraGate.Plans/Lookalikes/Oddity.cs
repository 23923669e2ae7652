using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>A character that is not what the eye takes it for.</summary>
/// <param name="Position">Where it begins, in UTF-16 units.</param>
/// <param name="Rune">The character; U+FFFD for half of a surrogate pair.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reach">Where it is worth a finding.</param>
/// <param name="Target">The ASCII character that it is read as, where it is.</param>
public readonly record struct Oddity(int Position, Rune Rune, OddityKind Kind, OddityReach Reach, char? Target = null);
