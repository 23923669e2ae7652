namespace InfraGate.McpServer.Tools;

/// <summary>What a parameter accepts.</summary>
internal enum ToolParameterType
{
    /// <summary>Free text, bounded by <see cref="ToolParameter.MaxLength"/> characters.</summary>
    Text,

    /// <summary>An RFC 1123 label: a namespace or container name, at most 63 characters.</summary>
    DnsLabel,

    /// <summary>An RFC 1123 subdomain: an object name, at most 253 characters.</summary>
    DnsName,

    /// <summary>A whole number from <see cref="ToolParameter.Minimum"/> to <see cref="ToolParameter.Maximum"/>.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Flag,
}

/// <summary>
/// One argument of a tool. The input schema that clients see and the check at the call are both made from it, so that they cannot differ.
/// </summary>
internal sealed record ToolParameter(string Name, ToolParameterType Type, string? Description = null)
{
    public bool Required { get; init; }

    public int Minimum { get; init; }

    public int Maximum { get; init; } = int.MaxValue;

    public int MaxLength { get; init; } = 512;

    public int? DefaultNumber { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public static ToolParameter Namespace { get; } = new("namespace", ToolParameterType.DnsLabel) { Required = true };

    /// <summary>Present only when several clusters are configured.</summary>
    public static ToolParameter Cluster(IReadOnlyList<string> names) =>
        new("cluster", ToolParameterType.Text, $"Default {names[0]}") { Values = names };

    public static ToolParameter ObjectName(string name = "name") => new(name, ToolParameterType.DnsName) { Required = true };

    public static ToolParameter LabelSelector { get; } = new("labelSelector", ToolParameterType.Text, "Like app=web,tier!=db");

    public static ToolParameter Limit(string what, int maximum) =>
        new("limit", ToolParameterType.Integer, what) { Minimum = 1, Maximum = maximum, DefaultNumber = Math.Min(50, maximum) };
}
