namespace InfraGate.McpGateway.Approvals;

/// <summary>Writes into the log when a new version of the policy is refused, and when that is over: who edits the file need not look at a page.</summary>
internal sealed partial class PolicyLog(ILogger<PolicyLog> logger)
{
    /// <summary>Takes a problem, or null for its end.</summary>
    public void Tell(string? problem)
    {
        if (problem is null)
        {
            LogMended(logger);
        }
        else
        {
            LogRefused(logger, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The policy file is good again and in force")]
    private static partial void LogMended(ILogger logger);
}
