namespace InfraGate.McpGateway.Configuration;

/// <summary>
/// Everything the gateway is told from outside, read once from the environment and validated as a whole before anything starts.
/// </summary>
internal sealed record GatewayOptions
{
    /// <summary>True in the <c>Production</c> environment, where whatever is only safe on one's own machine refuses to start.</summary>
    public required bool IsProduction { get; init; }

    /// <summary>The addresses to listen on (<c>INFRA_GATE_LISTEN</c>, else <c>ASPNETCORE_URLS</c>, else loopback port 3001); port 0 takes a free one.</summary>
    public required IReadOnlyList<Uri> Listen { get; init; }

    /// <summary>False turns <c>/mcp</c> off and leaves approvals and health on.</summary>
    public required bool McpEnabled { get; init; }

    /// <summary>Where access tokens come from and what they must say.</summary>
    public required OAuthOptions OAuth { get; init; }

    /// <summary>How humans sign in to the approval pages.</summary>
    public required ApprovalOptions Approval { get; init; }

    /// <summary>Life and number of MCP sessions.</summary>
    public required SessionOptions Sessions { get; init; }

    /// <summary>What one caller, one call and the process as a whole may use.</summary>
    public required LimitOptions Limits { get; init; }

    /// <summary>The supervised server process.</summary>
    public required DownstreamOptions Downstream { get; init; }

    /// <summary>Which hosts and origins may speak to the gateway.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>Files and folders.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>Who is told that a plan waits; null when nobody is.</summary>
    public required WebhookOptions? Webhook { get; init; }

    /// <summary>Replace known prompt injection patterns in answers instead of only flagging them (<c>INFRA_GATE_GUARD_INJECTION=redact</c>).</summary>
    public bool RedactInjection { get; init; }

    /// <summary>Where telemetry goes; null when it stays in the process.</summary>
    public required Uri? OtlpEndpoint { get; init; }
}

/// <summary>The issuer of access tokens (RFC 6749, RFC 8414) and what this resource expects of one.</summary>
internal sealed record OAuthOptions
{
    /// <summary>The issuer (<c>INFRA_GATE_OAUTH_AUTHORITY</c>), without a trailing slash.</summary>
    public required Uri Authority { get; init; }

    /// <summary>This resource (RFC 8707), or null to take the address the gateway really listens on, followed by <c>/mcp</c>.</summary>
    public required Uri? Resource { get; init; }

    /// <summary>The audience a token must carry when the issuer cannot put the resource there; null means the resource.</summary>
    public required string? Audience { get; init; }

    /// <summary>The scopes that the challenge and the metadata advertise, in order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>
    /// What stands before each scope where it is advertised; empty as a rule. An issuer may want scopes asked for by full name (Entra ID: <c>api://CLIENT-ID/</c>) though its tokens carry the
    /// short ones, which are what is looked at.
    /// </summary>
    public required string ScopePrefix { get; init; }

    /// <summary>Refuse to read issuer metadata over plain HTTP.</summary>
    public required bool RequireHttpsMetadata { get; init; }

    /// <summary>The claim that identifies a person alike in access tokens and ID tokens; <c>sub</c> unless the issuer's differs by client (Entra ID: <c>oid</c>).</summary>
    public required string SubjectClaim { get; init; }

    /// <summary>The claim that lists the caller's groups.</summary>
    public required string GroupsClaim { get; init; }

    /// <summary>The shortest time between two fetches of keys that an unknown <c>kid</c> asked for.</summary>
    public required TimeSpan KeyRefreshInterval { get; init; }

    /// <summary>A scope as a client is to ask for it.</summary>
    public string Advertised(string scope) => ScopePrefix + scope;
}

/// <summary>The interactive sign-in of approvers; endpoints left null are taken from the issuer's metadata.</summary>
internal sealed record ApprovalOptions
{
    /// <summary>The OAuth client of the approval pages.</summary>
    public required string ClientId { get; init; }

    /// <summary>The client's secret where the issuer insists on one.</summary>
    public required string? ClientSecret { get; init; }

    /// <summary>The issuer's authorization endpoint, when it is not to be discovered.</summary>
    public required Uri? AuthorizationEndpoint { get; init; }

    /// <summary>The issuer's token endpoint, when it is not to be discovered.</summary>
    public required Uri? TokenEndpoint { get; init; }

    /// <summary>The scopes that the sign-in asks for; <c>openid</c> is always among them.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What approval URLs start with; null means the address the gateway really listens on.</summary>
    public required Uri? BaseUrl { get; init; }
}

/// <summary>Life and number of MCP sessions.</summary>
internal sealed record SessionOptions
{
    /// <summary>How long a session may be idle (<c>SESSION_TTL_SECONDS</c>).</summary>
    public required TimeSpan IdleLimit { get; init; }

    /// <summary>Open sessions in all.</summary>
    public required int MaxTotal { get; init; }

    /// <summary>Open sessions of one subject.</summary>
    public required int MaxPerSubject { get; init; }
}

/// <summary>What one caller, one call and the process as a whole may use.</summary>
internal sealed record LimitOptions
{
    /// <summary>The largest request body in bytes; a larger one gets 413.</summary>
    public required int MaxBodyBytes { get; init; }

    /// <summary>Tool calls running at once.</summary>
    public required int MaxConcurrentCalls { get; init; }

    /// <summary>Tool calls waiting for a place; one more is refused as <c>rate_limited</c>.</summary>
    public required int MaxQueuedCalls { get; init; }

    /// <summary>Tool calls and session openings of one subject in a minute, 0 for no limit; one more gets 429.</summary>
    public required int CallsPerMinute { get; init; }

    /// <summary>The longest a tool call may take, its waiting included.</summary>
    public required TimeSpan CallTimeout { get; init; }

    /// <summary>How long calls in flight may go on after SIGTERM.</summary>
    public required TimeSpan Drain { get; init; }
}

/// <summary>The supervised server process.</summary>
internal sealed record DownstreamOptions
{
    /// <summary>A project file, a <c>.dll</c> or an executable; null looks beside the gateway, then in the repository.</summary>
    public required string? Project { get; init; }

    /// <summary>Names of further environment variables that the server may see.</summary>
    public required IReadOnlyList<string> PassEnvironment { get; init; }
}

/// <summary>Which hosts and origins may speak to the gateway (DNS rebinding, CVE-2025-66416).</summary>
internal sealed record NetworkOptions
{
    /// <summary>Host names beyond loopback and the configured resource and base URL.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>Origins that browsers may call <c>/mcp</c> from; empty keeps CORS closed.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }
}

/// <summary>Files and folders.</summary>
internal sealed record StorageOptions
{
    /// <summary>Plans and approvals.</summary>
    public required string ApprovalRoot { get; init; }

    /// <summary>The guardrail audit.</summary>
    public required string GuardAuditRoot { get; init; }

    /// <summary>How many bytes the guardrail audit may take; beyond them its oldest entries go.</summary>
    public required long GuardAuditBytes { get; init; }

    /// <summary>Private keys; never the approval root.</summary>
    public required string KeyRoot { get; init; }

    /// <summary>API keys as salted hashes.</summary>
    public required string ApiKeysFile { get; init; }

    /// <summary>The shared database, or null for SQLite in the approval root.</summary>
    public required string? Database { get; init; }

    /// <summary>The approval policy, or null for the default one.</summary>
    public required string? PolicyFile { get; init; }
}
