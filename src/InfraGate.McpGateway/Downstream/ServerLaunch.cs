using System.Diagnostics;

namespace InfraGate.McpGateway.Downstream;

/// <summary>Starts a server process: spoken to by pipes, with nothing of the gateway's environment but what it is meant to see.</summary>
internal static class ServerLaunch
{
    /// <summary>The process, which has been told nothing yet.</summary>
    /// <exception cref="DownstreamLostException">The system did not start it.</exception>
    public static Process Start((string File, IReadOnlyList<string> Arguments) command, ServerEnvironment environment)
    {
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Build())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new DownstreamLostException("The server could not be started.", mayHaveRun: false);
    }
}
