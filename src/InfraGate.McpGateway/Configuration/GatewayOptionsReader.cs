using InfraGate.McpGateway.Auth;

namespace InfraGate.McpGateway.Configuration;

/// <summary>Turns the environment into validated <see cref="GatewayOptions"/>.</summary>
internal static class GatewayOptionsReader
{
    private const string DefaultListen = "http://127.0.0.1:3001";
    private const string DevelopmentIssuer = "http://127.0.0.1:3011";

    /// <summary>Reads and validates everything, the given checks included; throws one <see cref="ConfigurationException"/> naming every mistake.</summary>
    public static GatewayOptions Read(Func<string, string?> lookup, string environmentName, params IEnumerable<Func<GatewayOptions, string?>> checks)
    {
        var reader = new EnvironmentReader(lookup);
        var production = string.Equals(environmentName, Environments.Production, StringComparison.OrdinalIgnoreCase);
        var options = Bind(reader, production);
        var broken = new GatewayOptionsValidator().Validate(options).Errors.Select(failure => failure.ErrorMessage);
        var mistakes = reader.Mistakes.Concat(broken).Concat(checks.Select(check => check(options)).OfType<string>()).Distinct(StringComparer.Ordinal).ToList();
        return mistakes.Count == 0 ? options : throw new ConfigurationException(mistakes);
    }

    private static GatewayOptions Bind(EnvironmentReader reader, bool production)
    {
        var storage = Storage(reader);
        return new GatewayOptions
        {
            IsProduction = production,
            Listen = Listen(reader),
            McpEnabled = reader.Flag("INFRA_GATE_MCP_ENABLED", fallback: true),
            OAuth = OAuth(reader, production),
            Approval = new ApprovalOptions
            {
                ClientId = reader.Text("INFRA_GATE_APPROVAL_OAUTH_CLIENT_ID") ?? "infra-gate-approval-ui",
                ClientSecret = reader.Text("INFRA_GATE_APPROVAL_OAUTH_CLIENT_SECRET"),
                AuthorizationEndpoint = reader.Url("INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT"),
                TokenEndpoint = reader.Url("INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT"),
                Scopes = [.. reader.List("INFRA_GATE_APPROVAL_OAUTH_SCOPE", "openid profile groups").Union(["openid"], StringComparer.Ordinal)],
                BaseUrl = reader.Url("INFRA_GATE_APPROVAL_BASE_URL"),
            },
            Sessions = new SessionOptions
            {
                IdleLimit = reader.Seconds("SESSION_TTL_SECONDS", 3600, 1, 604_800),
                MaxTotal = reader.Number("INFRA_GATE_MAX_SESSIONS", 4096, 1, 100_000),
                MaxPerSubject = reader.Number("INFRA_GATE_MAX_SESSIONS_PER_SUBJECT", 2048, 1, 100_000),
            },
            Limits = new LimitOptions
            {
                MaxBodyBytes = reader.Number("INFRA_GATE_MAX_BODY_BYTES", 1_048_576, 1024, 16_777_216),
                MaxConcurrentCalls = reader.Number("INFRA_GATE_MAX_CONCURRENT_CALLS", 64, 1, 4096),
                MaxQueuedCalls = reader.Number("INFRA_GATE_MAX_QUEUED_CALLS", 256, 0, 65_536),
                CallsPerMinute = reader.Number("INFRA_GATE_CALLS_PER_MINUTE", 3000, 0, 10_000_000),
                CallTimeout = reader.Seconds("INFRA_GATE_CALL_TIMEOUT_SECONDS", 120, 1, 3600),
                Drain = reader.Seconds("INFRA_GATE_DRAIN_SECONDS", 25, 0, 600),
            },
            Downstream = new DownstreamOptions
            {
                Project = reader.Text("INFRA_GATE_DOWNSTREAM_PROJECT"),
                PassEnvironment = reader.List("INFRA_GATE_DOWNSTREAM_ENV"),
            },
            Network = new NetworkOptions
            {
                AllowedHosts = reader.List("INFRA_GATE_ALLOWED_HOSTS"),
                AllowedOrigins = [.. reader.List("INFRA_GATE_ALLOWED_ORIGINS").Select(origin => origin.TrimEnd('/'))],
            },
            Storage = storage,
            Webhook = reader.Url("INFRA_GATE_WEBHOOK_URL") is { } webhook
                ? new WebhookOptions { Url = webhook, Secret = reader.Text("INFRA_GATE_WEBHOOK_SECRET") ?? "" }
                : null,
            RedactInjection = reader.Choice("INFRA_GATE_GUARD_INJECTION", "flag", "redact") == "redact",
            OtlpEndpoint = reader.Url("OTEL_EXPORTER_OTLP_ENDPOINT"),
        };
    }

    private static OAuthOptions OAuth(EnvironmentReader reader, bool production) => new()
    {
        Authority = Authority(reader, production),
        Resource = reader.Url("INFRA_GATE_OAUTH_RESOURCE"),
        Audience = reader.Text("INFRA_GATE_OAUTH_AUDIENCE"),
        Scopes = reader.List("INFRA_GATE_OAUTH_SCOPE", ToolScopes.Everything),
        ScopePrefix = reader.Text("INFRA_GATE_OAUTH_SCOPE_PREFIX") ?? "",
        RequireHttpsMetadata = reader.Flag("INFRA_GATE_OAUTH_REQUIRE_HTTPS_METADATA", production),
        SubjectClaim = reader.Text("INFRA_GATE_OAUTH_SUBJECT_CLAIM") ?? "sub",
        GroupsClaim = reader.Text("INFRA_GATE_OAUTH_GROUPS_CLAIM") ?? "groups",
        KeyRefreshInterval = reader.Seconds("INFRA_GATE_OAUTH_KEY_REFRESH_SECONDS", 10, 1, 3600),
    };

    private static StorageOptions Storage(EnvironmentReader reader)
    {
        var keyRoot = Path.GetFullPath(reader.Text("INFRA_GATE_KEY_ROOT") ?? DefaultKeyRoot(reader));
        return new StorageOptions
        {
            ApprovalRoot = Path.GetFullPath(reader.Text("K8S_MCP_APPROVAL_ROOT") ?? ".mcp-approvals"),
            GuardAuditRoot = Path.GetFullPath(reader.Text("INFRA_GATE_GUARD_AUDIT_ROOT") ?? ".mcp-guardrails"),
            GuardAuditBytes = reader.Number("INFRA_GATE_GUARD_AUDIT_MIB", 512, 16, 1_048_576) * 1024L * 1024,
            KeyRoot = keyRoot,
            ApiKeysFile = Path.GetFullPath(reader.Text("INFRA_GATE_API_KEYS_FILE") ?? Path.Combine(keyRoot, "api-keys.json")),
            Database = reader.Text("K8S_MCP_DATABASE"),
            PolicyFile = reader.Text("K8S_MCP_POLICY_FILE"),
        };
    }

    private static string DefaultKeyRoot(EnvironmentReader reader)
    {
        var state = reader.Text("XDG_STATE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        return Path.Combine(state, "infragate");
    }

    private static Uri Authority(EnvironmentReader reader, bool production)
    {
        // In Production there is no default: the validator asks for one. Elsewhere the development issuer's address makes the documented commands work as written.
        var authority = reader.Url("INFRA_GATE_OAUTH_AUTHORITY") ?? new Uri(production ? "http://unset.invalid" : DevelopmentIssuer);
        return new Uri(authority.AbsoluteUri.TrimEnd('/'));
    }

    private static List<Uri> Listen(EnvironmentReader reader)
    {
        var name = reader.Text("INFRA_GATE_LISTEN") is null && reader.Text("ASPNETCORE_URLS") is not null ? "ASPNETCORE_URLS" : "INFRA_GATE_LISTEN";
        var parsed = new List<Uri>();
        foreach (var text in (reader.Text(name) ?? DefaultListen).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel's wildcards are no host names; they mean every interface.
            var readable = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            if (new EnvironmentReader(_ => readable).Url(name) is { } url)
            {
                parsed.Add(url);
            }
        }

        return parsed;
    }
}
