namespace InfraGate.McpGateway.Downstream;

/// <summary>Variables that a part of the gateway hands to the server process at each start, such as the key that verifies grants.</summary>
internal interface IServerEnvironment
{
    /// <summary>Names and values; they override what the gateway's own environment holds.</summary>
    IEnumerable<KeyValuePair<string, string>> Variables { get; }
}
