namespace InfraGate.Plans.Redaction.Rules;

/// <summary>
/// One way to recognise credentials. A rule is asked only where one of its anchors stands, and must not read more than a fixed number
/// of characters beyond what it reports: that is what keeps the whole scan linear on hostile text.
/// </summary>
internal abstract class CredentialRule(params string[] anchors)
{
    /// <summary>Texts of which one is part of everything the rule recognises.</summary>
    public IReadOnlyList<string> Anchors { get; } = anchors;

    /// <summary>Looks at an anchor.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Where the anchor starts.</param>
    /// <param name="found">Takes what is recognised.</param>
    /// <returns>Where to search on for the next anchor; greater than <paramref name="at"/>.</returns>
    public abstract int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found);
}
