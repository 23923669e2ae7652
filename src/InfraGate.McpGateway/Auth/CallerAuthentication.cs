using System.IdentityModel.Tokens.Jwt;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// Registers the one way in which callers of <c>/mcp</c> are authenticated, the same for every request of a session: a bearer token, or an API key when
/// that header is present.
/// </summary>
internal static class CallerAuthentication
{
    /// <summary>The authentication scheme that chooses between the two verifiers.</summary>
    public const string Scheme = "caller";

    /// <summary>The authorization policy of <c>/mcp</c>.</summary>
    public const string Policy = "caller";

    private const string ApiKeyScheme = "api-key";

    /// <summary>Adds verifiers, schemes and policy.</summary>
    public static IServiceCollection AddCallerAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ChallengeWriter>();
        services.AddSingleton<VerifiedCredentialCache>();
        services.AddSingleton<ApiKeyVerifier>();
        services.AddSingleton<AccessTokenEvents>();
        services.AddSingleton(CreateIssuer);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, JwtBearerSetup>();
        services.AddAuthentication()
            .AddPolicyScheme(Scheme, displayName: null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKeyScheme : JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyScheme, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
        return services;
    }

    private static IssuerConfiguration CreateIssuer(IServiceProvider services)
    {
        // Redirects are not followed: an open redirect at the issuer must not choose where keys come from.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = 262_144,
        };
        return ActivatorUtilities.CreateInstance<IssuerConfiguration>(services, http);
    }

    /// <summary>Configures the JWT bearer handler. What it cannot express is in <see cref="AccessTokenRules"/>.</summary>
    private sealed class JwtBearerSetup(IssuerConfiguration issuer, PublicAddress address, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
    {
        private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(60);

        public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

        public void Configure(string? name, JwtBearerOptions options)
        {
            options.EventsType = typeof(AccessTokenEvents);
            options.ConfigurationManager = issuer;
            options.RefreshOnIssuerKeyNotFound = false;
            options.SaveToken = false;
            options.IncludeErrorDetails = false;
            options.SecurityTokenValidators.Clear();
            options.SecurityTokenValidators.Add(new JwtSecurityTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = AccessTokenRules.MaxLength });
            options.TokenValidationParameters = new TokenValidationParameters
            {
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                ValidateIssuer = true,
                ValidateIssuerSigningKey = true,
                ValidateLifetime = true,
                LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
                ValidateAudience = true,
                // Exact, case and trailing slash included: a prefix or a sibling path is another resource.
                AudienceValidator = (audiences, _, _) => audiences.Contains(address.Audience, StringComparer.Ordinal),
            };
        }

        private bool IsCurrent(DateTime? notBefore, DateTime? expires)
        {
            var now = time.GetUtcNow().UtcDateTime;
            return expires is { } end && now < end + s_skew && (notBefore is not { } start || now >= start - s_skew);
        }
    }
}
