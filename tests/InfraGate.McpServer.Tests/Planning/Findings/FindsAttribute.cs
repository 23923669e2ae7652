namespace InfraGate.McpServer.Tests.Planning.Findings;

/// <summary>Names the findings that a test provokes and asserts, besides those in the table of manifests.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FindsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes { get; } = codes;
}
