using System.Text.Json.Nodes;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Resources;

/// <summary>A stored resource: its names and what is particular about it.</summary>
internal sealed class ResourceType
{
    /// <summary>The API group it is stored under; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The name in URLs, for example <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    public required string Kind { get; init; }

    /// <summary>The shape that objects are stored in.</summary>
    public required StructType Schema { get; init; }

    public bool Namespaced { get; init; } = true;

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Whether <c>metadata.generation</c> counts changes of the spec.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether deletion first marks the object and waits for its node, as Pods do.</summary>
    public bool GracefulDeletion { get; init; }

    /// <summary>Fields besides name and namespace that a list may select by, read from the stored object.</summary>
    public IReadOnlyDictionary<string, Func<JsonObject, string>> SelectableFields { get; init; } = new Dictionary<string, Func<JsonObject, string>>();

    public bool HasStatus => Subresources.Contains("status");

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
