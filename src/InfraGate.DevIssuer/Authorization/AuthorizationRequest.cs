using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>A checked request to <c>/authorize</c>: from here on its redirect can be trusted.</summary>
internal sealed record AuthorizationRequest
{
    public required Client Client { get; init; }

    public required string RedirectUri { get; init; }

    public string? State { get; init; }

    public required ScopeSet Scope { get; init; }

    public required string Resource { get; init; }

    public required string CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    public required PromptModes Prompt { get; init; }

    /// <summary>How old the sign-in may be; null for any age.</summary>
    public TimeSpan? MaxAge { get; init; }

    public string? LoginHint { get; init; }
}
