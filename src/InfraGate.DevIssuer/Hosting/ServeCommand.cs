using System.Net.Sockets;
using InfraGate.DevIssuer.Authorization;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Keys;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.State;
using InfraGate.DevIssuer.Tokens;

namespace InfraGate.DevIssuer.Hosting;

/// <summary>Serves until it is told to stop.</summary>
internal static partial class ServeCommand
{
    public static async Task<int> RunAsync(IssuerOptions options)
    {
        await using var app = IssuerApplication.Create(options, TimeProvider.System);
        OpenState(app.Services);
        try
        {
            await app.StartAsync();
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            throw new IssuerConfigurationException([$"{options.Listen} cannot be listened on ({taken.Message}): stop what uses the port, or set DEV_ISSUER_LISTEN to another one."]);
        }

        Warn(app.Logger, options.StateRoot);
        await Console.Out.WriteLineAsync($"listening on {app.Services.GetRequiredService<IssuerAddress>().Value}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Reads every state file before the first request, so that a broken one stops the start.</summary>
    private static void OpenState(IServiceProvider services)
    {
        services.GetRequiredService<StateFolder>();
        services.GetRequiredService<SigningKeyRing>();
        services.GetRequiredService<RegisteredClients>();
        services.GetRequiredService<GrantStore>();
        services.GetRequiredService<Consents>();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "THIS ISSUER IS FOR LOCAL WORK ONLY. Its users have well-known passwords and anyone on this machine can register a client. State: {StateRoot}")]
    private static partial void Warn(ILogger logger, string stateRoot);
}
