using System.Diagnostics;
using InfraGate.McpGateway.Guardrails;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// Puts what the server writes to stderr into the gateway's log: redacted, each line cut at a length, and no more than so many lines a second; what was
/// left out is counted aloud.
/// </summary>
internal sealed partial class StderrRelay(Guardrail guardrail, TimeProvider time, ILogger<StderrRelay> logger)
{
    private const int MaxLineLength = 4_000;
    private const int MaxLinesPerSecond = 200;

    /// <summary>Relays until the process closes its stderr.</summary>
    public async Task RunAsync(Process process)
    {
        var reader = new BoundedLineReader(process.StandardError, MaxLineLength);
        var second = time.GetTimestamp();
        var lines = 0;
        var dropped = 0;
        while (await reader.ReadAsync() is { } line)
        {
            if (time.GetElapsedTime(second) >= TimeSpan.FromSeconds(1))
            {
                Report(process.Id, ref dropped);
                second = time.GetTimestamp();
                lines = 0;
            }

            if (line.Length > 0 && ++lines <= MaxLinesPerSecond)
            {
                LogLine(process.Id, guardrail.CleanLogLine(line));
            }
            else if (line.Length > 0)
            {
                dropped++;
            }
        }

        Report(process.Id, ref dropped);
    }

    private void Report(int processId, ref int dropped)
    {
        if (dropped > 0)
        {
            LogDropped(processId, dropped);
            dropped = 0;
        }
    }

    [LoggerMessage(LogLevel.Information, "Server {ProcessId}: {Line}")]
    private partial void LogLine(int processId, string line);

    [LoggerMessage(LogLevel.Warning, "Server {ProcessId} wrote {Count} lines more than are logged in a second")]
    private partial void LogDropped(int processId, int count);
}
