namespace InfraGate.McpServer.Hosting;

/// <summary>On whose behalf a call runs. In gateway mode it is the verified identity the gateway passes on; alone, the local user.</summary>
/// <param name="Subject">The issuer's stable id of the person, or <c>local:user</c>.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Client">The MCP client's id.</param>
/// <param name="Groups">The groups the issuer vouches for.</param>
/// <param name="Scopes">What the token or key allows.</param>
/// <param name="Namespaces">When not null, narrows the allowlist for this caller.</param>
/// <param name="ClientName">What the MCP client calls itself; for people to read on the plan's page, and for nothing else.</param>
/// <param name="Owner">The subject of the person who holds the API key that calls; null where none is known, and for everybody who is no key.</param>
internal sealed record Caller(
    string Subject,
    string Name,
    string Client,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? Namespaces,
    string? ClientName = null,
    string? Owner = null)
{
    /// <summary>The gateway itself, for what it asks on nobody's behalf. It may use no namespace.</summary>
    public static Caller InfraGate { get; } = new("infragate", "InfraGate", "infragate", [], [], []);

    public static Caller LocalUser(string? client) =>
        new($"local:{Environment.UserName}", Environment.UserName, client ?? "unknown", [], [], Namespaces: null);
}
