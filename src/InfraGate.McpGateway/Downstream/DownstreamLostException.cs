namespace InfraGate.McpGateway.Downstream;

/// <summary>The server process is gone, or went while it was asked. <see cref="MayHaveRun"/> tells whether it had been given the call.</summary>
internal sealed class DownstreamLostException(string message, bool mayHaveRun, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>False when the call certainly never reached the server.</summary>
    public bool MayHaveRun { get; } = mayHaveRun;
}
