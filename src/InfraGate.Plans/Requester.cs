namespace InfraGate.Plans;

/// <summary>
/// On whose behalf a plan was requested. Every value comes from a verified token or key, never from what a client says of itself,
/// except <see cref="ClientName"/>, which is nothing but that.
/// </summary>
/// <param name="Subject">The stable subject identifier (<c>sub</c>), or <c>key:</c> and the name of an API key; two plans of one person have the same subject.</param>
/// <param name="Name">A name to show to people; equal to the subject where none is known.</param>
/// <param name="Client">The OAuth client or key that carried the request. A server without a gateway in front of it has only the name that the MCP client gave at <c>initialize</c>.</param>
/// <param name="ClientName">What that client calls itself (<see cref="ClaimedName"/>), for people to recognise it by; null where it says nothing. Proves nothing and is never compared.</param>
/// <param name="Owner">Of an API key the subject of the person who holds it, as whoever made the key said; null where none is known, and for everybody who is no key.</param>
public sealed record Requester(string Subject, string Name, string Client, string? ClientName = null, string? Owner = null)
{
    /// <summary>What the subject of an API key begins with.</summary>
    public const string KeyPrefix = "key:";

    /// <summary>
    /// Whether an API key asked of which nobody knows who holds it, so that it cannot be told from any person. An owner that is empty or a key itself is none: nobody signs in as one.
    /// </summary>
    public bool IsKeyWithoutOwner => IsKey(Subject) && (string.IsNullOrWhiteSpace(Owner) || IsKey(Owner));

    /// <summary>Whether a person is the one who asked: the requester, or who holds the key that asked.</summary>
    public bool Is(string subject) => string.Equals(subject, Subject, StringComparison.Ordinal) || string.Equals(subject, Owner, StringComparison.Ordinal);

    private static bool IsKey(string subject) => subject.StartsWith(KeyPrefix, StringComparison.Ordinal);
}
