using FluentValidation;
using InfraGate.McpGateway.Auth;

namespace InfraGate.McpGateway.Configuration;

/// <summary>The rules that the settings must obey together. Each message names the variable, what is wrong and how to mend it.</summary>
internal sealed class GatewayOptionsValidator : AbstractValidator<GatewayOptions>
{
    /// <summary>Declares every rule; production-only ones run only there.</summary>
    public GatewayOptionsValidator()
    {
        RuleFor(o => o.Listen).NotEmpty()
            .WithMessage("INFRA_GATE_LISTEN names no usable address. Give one such as http://127.0.0.1:3001 (several are separated by ';').");
        RuleForEach(o => o.OAuth.Scopes).Must(ToolScopes.IsKnown)
            .WithMessage("INFRA_GATE_OAUTH_SCOPE holds '{PropertyValue}'. Use mcp:tools, or any of mcp:read, mcp:plan and mcp:apply.");
        RuleFor(o => o.OAuth.ScopePrefix).Must(prefix => prefix.All(letter => letter is > ' ' and <= '~' and not '"' and not '\\'))
            .WithMessage("INFRA_GATE_OAUTH_SCOPE_PREFIX is '{PropertyValue}'. A scope holds printable ASCII without blanks, quotes and backslashes (RFC 6749, section 3.3). Give a prefix such as api://CLIENT-ID/.");
        RuleFor(o => o.Sessions.MaxPerSubject).LessThanOrEqualTo(o => o.Sessions.MaxTotal)
            .When(o => o.Sessions.MaxTotal < 2048 && o.Sessions.MaxPerSubject != 2048)
            .WithMessage("INFRA_GATE_MAX_SESSIONS_PER_SUBJECT is above INFRA_GATE_MAX_SESSIONS. Lower the one or raise the other.");
        RuleForEach(o => o.Network.AllowedOrigins).Must(BeAnOrigin)
            .WithMessage("INFRA_GATE_ALLOWED_ORIGINS holds '{PropertyValue}'. Give whole origins such as https://console.example.com; a wildcard is not accepted.");
        RuleForEach(o => o.Network.AllowedHosts).Must(host => Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown)
            .WithMessage("INFRA_GATE_ALLOWED_HOSTS holds '{PropertyValue}'. Give host names without scheme or port; a wildcard is not accepted.");
        RuleFor(o => o.Storage.KeyRoot).Must((o, root) => !IsInside(root, o.Storage.ApprovalRoot))
            .WithMessage("INFRA_GATE_KEY_ROOT lies in K8S_MCP_APPROVAL_ROOT. Move it out: whoever can write plans must not reach the key that signs grants.");
        RuleFor(o => o.OAuth.Authority).Must((o, authority) => !o.OAuth.RequireHttpsMetadata || IsHttps(authority) || IsUnset(authority))
            .WithMessage("INFRA_GATE_OAUTH_AUTHORITY is plain HTTP. Use https, or for local work set INFRA_GATE_OAUTH_REQUIRE_HTTPS_METADATA=false.");
        RuleFor(o => o.Webhook).Must(webhook => webhook is null || webhook.Secret.Length >= 32)
            .WithMessage("INFRA_GATE_WEBHOOK_SECRET is missing or shorter than 32 characters. Make one with: openssl rand -hex 32");
        When(o => o.IsProduction, ProductionRules);
        Unless(o => o.IsProduction, () => RuleForEach(o => o.Listen).Must(url => url.IsLoopback)
            .WithMessage("INFRA_GATE_LISTEN is '{PropertyValue}', which others can reach, but this is not Production. Listen on 127.0.0.1, or set ASPNETCORE_ENVIRONMENT=Production."));
    }

    private void ProductionRules()
    {
        RuleFor(o => o.OAuth.Authority).Must(authority => !IsUnset(authority))
            .WithMessage("INFRA_GATE_OAUTH_AUTHORITY is not set. In Production name your issuer, such as https://id.example.com/realms/ops.");
        RuleFor(o => o.OAuth.Authority).Must(authority => IsUnset(authority) || IsHttps(authority))
            .WithMessage("INFRA_GATE_OAUTH_AUTHORITY is plain HTTP. Production takes tokens only from an https issuer.");
        RuleFor(o => o.OAuth.Authority).Must(authority => !authority.IsLoopback)
            .WithMessage("INFRA_GATE_OAUTH_AUTHORITY is on this machine, where the development issuer lives. Production needs a real issuer.");
        RuleFor(o => o.OAuth.RequireHttpsMetadata).Must(required => required)
            .WithMessage("INFRA_GATE_OAUTH_REQUIRE_HTTPS_METADATA is false. Unset it: Production reads issuer metadata over https only.");
        RuleFor(o => o.OAuth.Resource).Must(IsHttps)
            .WithMessage("INFRA_GATE_OAUTH_RESOURCE must be set to the public https URL of /mcp in Production, such as https://gate.example.com/mcp.");
        RuleFor(o => o.Approval.BaseUrl).Must(IsHttps)
            .WithMessage("INFRA_GATE_APPROVAL_BASE_URL must be set to the public https URL in Production, such as https://gate.example.com.");
        RuleFor(o => o.Approval.AuthorizationEndpoint).Must(url => url is null || IsHttps(url))
            .WithMessage("INFRA_GATE_APPROVAL_OAUTH_AUTHORIZATION_ENDPOINT is plain HTTP. Production signs people in over https only.");
        RuleFor(o => o.Webhook).Must(webhook => webhook is null || IsHttps(webhook.Url))
            .WithMessage("INFRA_GATE_WEBHOOK_URL is plain HTTP. In Production messages go over https only.");
        RuleFor(o => o.Approval.TokenEndpoint).Must(url => url is null || IsHttps(url))
            .WithMessage("INFRA_GATE_APPROVAL_OAUTH_TOKEN_ENDPOINT is plain HTTP. Production signs people in over https only.");
    }

    private static bool IsHttps(Uri? url) => url?.Scheme == Uri.UriSchemeHttps;

    private static bool IsUnset(Uri authority) => authority.Host == "unset.invalid";

    private static bool BeAnOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && string.Equals(url.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);

    private static bool IsInside(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative == "." || (!relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative));
    }
}
