namespace InfraGate.McpGateway.Downstream;

/// <summary>Why a server process had to be replaced, as the metric's label says it.</summary>
internal static class RestartReason
{
    /// <summary>Its process ended.</summary>
    public const string Ended = "ended";

    /// <summary>It lived and no longer answered.</summary>
    public const string Silent = "silent";

    /// <summary>It answered what no server answers.</summary>
    public const string Failed = "failed";

    /// <summary>It could not be started, or did not shake hands.</summary>
    public const string NotStarted = "not_started";
}
