namespace InfraGate.McpServer.Tools;

/// <summary>What a tool may do; its MCP annotations follow from it.</summary>
internal enum ToolEffect
{
    /// <summary>Reads only.</summary>
    Reads,

    /// <summary>Records a plan; the cluster stays as it is.</summary>
    Plans,

    /// <summary>Changes the cluster, as an approved plan says.</summary>
    Applies,
}

/// <summary>Everything that <c>tools/list</c> says about a tool, and what the dispatcher needs to check a call of it.</summary>
internal sealed record ToolDefinition
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Written for a model: what it answers, when to choose it.</summary>
    public required string Description { get; init; }

    public required ToolEffect Effect { get; init; }

    public IReadOnlyList<ToolParameter> Parameters { get; init; } = [];

    /// <summary>JSON Schema (2020-12) of the properties of <c>structuredContent</c>; all optional, since an error answer carries <c>error</c> alone.</summary>
    public required string OutputProperties { get; init; }

    /// <summary>Names of result properties that carry text written by workloads, for the gateway to label as untrusted.</summary>
    public IReadOnlyList<string> UntrustedProperties { get; init; } = [];

    /// <summary>Whether calls name a namespace, which the dispatcher then checks before the tool runs.</summary>
    public bool IsNamespaced => Parameters.Contains(ToolParameter.Namespace);
}
