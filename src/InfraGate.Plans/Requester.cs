namespace InfraGate.Plans;

/// <summary>
/// On whose behalf a plan was requested. Every value comes from a verified token or key, never from what a client says of itself,
/// except <see cref="Client"/>, which a token without a client claim leaves to the name the MCP client gave at <c>initialize</c>.
/// </summary>
/// <param name="Subject">The stable subject identifier (<c>sub</c>); two plans of one person have the same subject.</param>
/// <param name="Name">A name to show to people; equal to the subject where none is known.</param>
/// <param name="Client">The OAuth client or key that carried the request.</param>
public sealed record Requester(string Subject, string Name, string Client);
