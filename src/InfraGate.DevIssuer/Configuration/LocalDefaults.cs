using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Configuration;

/// <summary>The documented local users and clients. Their passwords are public knowledge, which is why this issuer never runs in Production.</summary>
internal static class LocalDefaults
{
    public const string ApprovalUi = "infra-gate-approval-ui";
    public const string Automation = "infra-gate-ci";

    /// <summary>The metadata document that the Codex CLI names as its client id.</summary>
    public const string CodexDocument = "https://chatgpt.com/oauth/codex/client.json";

    public static readonly IReadOnlyList<DevUser> Users =
    [
        DevUser.Create("alice", "alice-local-only", "Alice Local", "alice@infragate.localhost", ["platform"]),
        DevUser.Create("bob", "bob-local-only", "Bob Local", "bob@infragate.localhost", ["platform", "sre"]),
    ];

    public static readonly IReadOnlyList<Client> Clients =
    [
        // The approval pages only need to know who signed in; without an mcp scope a token of theirs opens no MCP session.
        Configured(
            ApprovalUi,
            "InfraGate approvals",
            secret: null,
            ["http://127.0.0.1:3001/approvals/signin-callback"],
            ["http://127.0.0.1:3001/", "http://127.0.0.1:3001/approvals", "http://127.0.0.1:3001/approvals/", "http://127.0.0.1:3001/approvals/signed-out"],
            ScopeSet.Parse("openid profile groups")) with { ConsentIsImplied = true, GrantTypes = [GrantType.AuthorizationCode] },
        Configured(Automation, "InfraGate automation", "infra-gate-ci-local-only", [], [], ScopeSet.Parse("mcp:tools mcp:read mcp:plan mcp:apply")),

        // Known here so that Codex can sign in on a machine that cannot fetch its document; it claims no more than what a fetched one could.
        Configured(CodexDocument, "Codex", secret: null, ["http://127.0.0.1/callback"], [], ScopeSet.Parse("mcp:tools mcp:read mcp:plan mcp:apply openid profile groups offline_access"))
            with { Origin = ClientOrigin.MetadataDocument },
    ];

    public static Client Configured(
        string id, string name, string? secret, IReadOnlyList<string> redirects, IReadOnlyList<string> postLogoutRedirects, ScopeSet scope) => new()
        {
            Id = id,
            Name = name,
            Origin = ClientOrigin.Configured,
            SecretHash = secret is null ? null : ClientSecret.Hash(secret),
            RedirectUris = redirects,
            PostLogoutRedirectUris = postLogoutRedirects,
            Scope = scope,
            GrantTypes =
            [
                .. redirects.Count > 0 ? new[] { GrantType.AuthorizationCode, GrantType.RefreshToken } : [],
                .. secret is not null ? new[] { GrantType.ClientCredentials } : [],
            ],
        };
}
