namespace InfraGate.Plans;

/// <summary>
/// On whose behalf a plan was requested. Every value comes from a verified token or key, never from what a client says of itself,
/// except <see cref="ClientName"/>, which is nothing but that.
/// </summary>
/// <param name="Subject">The stable subject identifier (<c>sub</c>); two plans of one person have the same subject.</param>
/// <param name="Name">A name to show to people; equal to the subject where none is known.</param>
/// <param name="Client">The OAuth client or key that carried the request. A server without a gateway in front of it has only the name that the MCP client gave at <c>initialize</c>.</param>
/// <param name="ClientName">What that client calls itself (<see cref="ClaimedName"/>), for people to recognise it by; null where it says nothing. Proves nothing and is never compared.</param>
public sealed record Requester(string Subject, string Name, string Client, string? ClientName = null);
