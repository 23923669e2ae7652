using System.Net;
using System.Net.Sockets;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Downstream;
using Microsoft.AspNetCore.Connections;

namespace InfraGate.McpGateway;

/// <summary>The web server's sockets and limits.</summary>
internal static class Listener
{
    private static readonly TimeSpan s_headersLimit = TimeSpan.FromSeconds(15);

    // Calls may take the whole time to drain, and only then the server is asked to end. The rest is for the web server before it and the store and the telemetry after it.
    private static readonly TimeSpan s_afterDrain = ServerConnection.StopLimit + TimeSpan.FromSeconds(5);

    /// <summary>Listens where the options say, with the body limit of the options and without a banner.</summary>
    public static void AddListener(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.WebHost.UseUrls([.. options.Listen.Select(url => url.GetLeftPart(UriPartial.Authority))]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = s_headersLimit;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Limits.Drain + s_afterDrain);
    }

    /// <summary>Starts, and prints one line per address. A taken port is a <see cref="ConfigurationException"/> that names it.</summary>
    public static async Task StartListeningAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException or SocketException)
        {
            throw Taken(string.Join(" or ", app.Urls));
        }

        foreach (var url in app.Urls)
        {
            Console.WriteLine($"listening on {url}");
        }
    }

    /// <summary>
    /// Looks whether the addresses are free before anything is started, above all no server: another gateway may be serving there, from the same store. A taken port is a
    /// <see cref="ConfigurationException"/> that names it.
    /// </summary>
    public static void EnsureFree(IEnumerable<Uri> addresses)
    {
        foreach (var url in addresses.Where(url => url.Port != 0 && IPAddress.TryParse(url.DnsSafeHost, out _)))
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Parse(url.DnsSafeHost), url.Port);
                probe.Start();
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw Taken(url.GetLeftPart(UriPartial.Authority));
            }
        }
    }

    private static ConfigurationException Taken(string address) =>
        new([$"INFRA_GATE_LISTEN is {address}, but that port is taken. Stop the process that holds it (ss -ltnp shows which), or choose another port."]);
}
