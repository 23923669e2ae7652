using System.ComponentModel;
using System.Diagnostics;
using System.Xml;
using InfraGate.McpGateway.Approvals;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// The first server process, started before the gateway is put together: each takes a few hundred milliseconds to start, and they need each other only in the end. The
/// <see cref="ServerSupervisor"/> takes it over as if it had started it itself.
/// </summary>
internal sealed class EarlyServer : IDisposable
{
    private Process? _process;

    private EarlyServer(Process? process) => _process = process;

    /// <summary>No process: the supervisor starts the first one too.</summary>
    public static EarlyServer None() => new(null);

    /// <summary>Starts the process. One that must be built first, or does not start, is left to the supervisor, which can say so in the log.</summary>
    public static EarlyServer Start(GatewayOptions options)
    {
        try
        {
            return ServerProgram.FindBuilt(options) is { } command ? new(ServerLaunch.Start(command, new ServerEnvironment(options, [new GrantKey(options)]))) : None();
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or UnauthorizedAccessException or XmlException or DownstreamLostException)
        {
            return None();
        }
    }

    /// <summary>The process, for the one who asks first; null when there is none any more.</summary>
    public Process? Take() => Interlocked.Exchange(ref _process, null);

    /// <summary>Ends the process if nobody took it. It has nothing to lose: before it was greeted it touches neither the store nor a cluster.</summary>
    public void Dispose()
    {
        using var left = Take();
        left?.Kill(entireProcessTree: true);
    }
}
