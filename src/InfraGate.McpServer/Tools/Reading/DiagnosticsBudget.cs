namespace InfraGate.McpServer.Tools.Reading;

/// <summary>What the three diagnostics tools have in common.</summary>
internal static class DiagnosticsBudget
{
    /// <summary>Structured content and text together.</summary>
    public const int Bytes = 8 * 1024;

    public static IReadOnlyList<string> UntrustedProperties { get; } = ["summary", "evidence", "reason", "message", "more", "state", "lastEnd", "conditions", "images", "image"];
}
