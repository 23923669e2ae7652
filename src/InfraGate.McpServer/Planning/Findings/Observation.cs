namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Something a rule saw; it becomes a finding once the policy has given it a severity.</summary>
/// <param name="Code">One of <see cref="InfraGate.Plans.Findings.FindingCodes"/>.</param>
/// <param name="Message">One plain sentence with the facts, without any value that must not be shown.</param>
/// <param name="Target">The object; null for the plan as a whole.</param>
/// <param name="Path">The field; null when there is no single one.</param>
internal sealed record Observation(string Code, string Message, string? Target, string? Path = null);
