using System.Security.Claims;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// Who is calling, as a verified token or API key says. Nothing in it ever comes from a header, an argument or a session that the client could choose.
/// </summary>
internal sealed record Caller
{
    /// <summary>The token's <c>sub</c>, or <c>key:</c> and the name of an API key.</summary>
    public required string Subject { get; init; }

    /// <summary>A name for people; the subject when the token has none.</summary>
    public required string Name { get; init; }

    /// <summary>The OAuth client, or <c>api-key</c>.</summary>
    public required string Client { get; init; }

    /// <summary>What the client called itself when it registered with the issuer; null where the token does not say. For people to read; nothing is decided by it.</summary>
    public string? ClientName { get; init; }

    /// <summary>The subject of the person who holds the API key that calls; null where none is known, and for tokens.</summary>
    public string? Owner { get; init; }

    /// <summary>Group memberships that the issuer asserts.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Granted scopes that InfraGate knows.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The namespaces an API key is limited to; null for no limit beyond the server's own.</summary>
    public required IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>The caller that authentication established for the principal.</summary>
    public static Caller Of(ClaimsPrincipal? principal) =>
        (principal?.Identity as CallerIdentity)?.Caller ?? throw new InvalidOperationException("No authenticated caller: the endpoint lacks the caller policy.");

    /// <summary>Wraps the caller for ASP.NET Core.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new CallerIdentity(this));
}

/// <summary>The authenticated identity of a <see cref="Auth.Caller"/>; made only by the two verifiers.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim("sub", caller.Subject)], "InfraGate", "sub", "groups")
{
    /// <summary>The verified caller.</summary>
    public Caller Caller { get; } = caller;
}
