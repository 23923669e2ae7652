using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>What a call wants of one object, before the cluster was asked.</summary>
internal sealed record RequestedChange(ObjectKind Kind, string Name)
{
    /// <summary>How the body is written; null for a deletion.</summary>
    public PatchKind? Patch { get; init; }

    /// <summary>Who will own the changed fields.</summary>
    public string FieldManager { get; init; } = WriteOptions.DefaultFieldManager;

    /// <summary>Whether the object may be created; otherwise it must exist.</summary>
    public bool MayCreate { get; init; }

    /// <summary>Where it stands in a manifest, so that the API server's words can be given a place.</summary>
    public ManifestDocument? Document { get; init; }

    /// <summary>Makes the body for the live object; null for a deletion.</summary>
    public Func<JsonObject?, JsonObject?> Body { get; init; } = static _ => null;

    /// <summary>The body that the live object is most likely to want, by which it can be tried before it is read; null when none can be told, and for a deletion.</summary>
    public JsonObject? LikelyBody { get; init; }

    public string Reference => $"{Kind.Name}/{Name}";
}
