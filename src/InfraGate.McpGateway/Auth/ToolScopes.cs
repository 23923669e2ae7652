using System.Collections.Frozen;

namespace InfraGate.McpGateway.Auth;

/// <summary>Which OAuth scope a tool call needs. <c>mcp:tools</c> covers everything; the narrower ones cover one kind of call each.</summary>
internal static class ToolScopes
{
    /// <summary>Every tool.</summary>
    public const string Everything = "mcp:tools";

    /// <summary>Tools that only read.</summary>
    public const string Read = "mcp:read";

    /// <summary>Tools that make plans.</summary>
    public const string Plan = "mcp:plan";

    /// <summary>The tool that applies an approved plan.</summary>
    public const string Apply = "mcp:apply";

    private static readonly FrozenSet<string> s_known = FrozenSet.Create(StringComparer.Ordinal, Everything, Read, Plan, Apply);

    /// <summary>All scopes, for the metadata of this resource.</summary>
    public static IReadOnlyList<string> All { get; } = [Everything, Read, Plan, Apply];

    /// <summary>Whether the gateway gives the scope any meaning.</summary>
    public static bool IsKnown(string scope) => s_known.Contains(scope);

    /// <summary>The narrow scope that a call of the tool needs. A tool that is neither read nor plan is held to be the most dangerous kind.</summary>
    public static string RequiredFor(string tool)
    {
        if (tool.StartsWith("get_", StringComparison.Ordinal))
        {
            return Read;
        }

        return tool.StartsWith("request_", StringComparison.Ordinal) ? Plan : Apply;
    }

    /// <summary>Whether the granted scopes allow a call of the tool.</summary>
    public static bool Allow(IReadOnlyCollection<string> granted, string tool) => granted.Contains(Everything) || granted.Contains(RequiredFor(tool));
}
