using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Discovery;
using InfraGate.DevIssuer.Keys;
using InfraGate.DevIssuer.Pages;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.SignIn;
using InfraGate.DevIssuer.SignOut;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Tokens;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Hosting;

/// <summary>Puts the issuer together. Starts from an empty builder, so that no setting can open an endpoint beside the one loopback address.</summary>
internal static class IssuerApplication
{
    private const int MaximumBodyBytes = 64 * 1024;

    public static WebApplication Create(IssuerOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(IssuerApplication).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 500;
            kestrel.Listen(options.Listen.Address, options.Listen.Port);
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        AddServices(builder.Services, options, time);

        var app = builder.Build();
        app.UseResponseHeaders();
        app.UseMiddleware<LoopbackHostFilter>();
        app.UseMalformedRequests();
        app.UseRouting();
        app.UseCors();
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, IssuerOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(_ => StateFolder.Open(options.StateRoot));
        services.AddSingleton<IssuerAddress>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<RegisteredClients>();
        services.AddSingleton<RegistrationThrottle>();
        services.AddSingleton<MetadataFetcher>();
        services.AddSingleton<ClientMetadataDocuments>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<GrantStore>();
        services.AddSingleton<JwtIssuer>();
        services.AddSingleton<JwtReader>();
        services.AddSingleton<TokenGrants>();
        services.AddSingleton<ClientAuthenticator>();
        services.AddSingleton<AttemptThrottle>();
        services.AddSingleton<AuthorizationCodes>();
        services.AddSingleton<AuthorizationRequestReader>();
        services.AddSingleton<AuthorizationResponse>();
        services.AddSingleton<Consents>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<Interactions>();
        services.AddSingleton<SignInFlow>();
        services.AddRoutingCore();
        services.AddLoopbackCors();
    }

    private static void Map(WebApplication app)
    {
        app.MapAuthorization();
        app.MapSignIn();
        app.MapEndSession();
        app.MapPageAssets();

        var forPrograms = app.MapGroup(string.Empty).RequireCors(LoopbackCors.Policy);
        forPrograms.MapDiscovery();
        forPrograms.MapJwks();
        forPrograms.MapTokens();
        forPrograms.MapRegistration();
        forPrograms.MapRevocation();
        forPrograms.MapIntrospection();
        forPrograms.MapUserInfo();
    }
}
