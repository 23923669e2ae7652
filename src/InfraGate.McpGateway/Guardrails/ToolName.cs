namespace InfraGate.McpGateway.Guardrails;

/// <summary>Names of tools, which a client may choose at will, in a form that a record can bear.</summary>
internal static class ToolName
{
    private const int Longest = 64;

    /// <summary>The name, or <c>unknown</c> when it is not made of lower-case letters, digits and underscores.</summary>
    public static string OrUnknown(string name) =>
        name.Length is > 0 and <= Longest && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? name : "unknown";
}
