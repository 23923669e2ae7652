namespace InfraGate.McpServer.Kubernetes;

/// <summary>How a patch is written; each kind has its media type.</summary>
internal enum PatchKind
{
    /// <summary>Server-side apply: creates the object when it does not exist.</summary>
    Apply,

    StrategicMerge,

    /// <summary>RFC 7396.</summary>
    Merge,

    /// <summary>RFC 6902.</summary>
    Json,
}

/// <summary>How a write is sent.</summary>
internal sealed record WriteOptions
{
    public const string DefaultFieldManager = "infragate";

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The API server does everything but store; such a request is safe to repeat.</summary>
    public bool DryRun { get; init; }

    public string FieldManager { get; init; } = DefaultFieldManager;

    /// <summary>Take fields from other managers; for server-side apply alone.</summary>
    public bool Force { get; init; }

    /// <summary><c>Strict</c> refuses unknown and duplicate fields, <c>Warn</c> reports them, <c>Ignore</c> drops them.</summary>
    public string FieldValidation { get; init; } = "Strict";

    public Preconditions Preconditions { get; init; } = Preconditions.None;

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}

/// <summary>What must still be so for a write to happen; a mismatch is <see cref="KubernetesFailure.Conflict"/>.</summary>
internal sealed record Preconditions(string? Uid, string? ResourceVersion)
{
    public static Preconditions None { get; } = new(Uid: null, ResourceVersion: null);
}

/// <summary>What becomes of the objects an object owns when it is deleted.</summary>
internal enum DeletePropagation
{
    Background,
    Foreground,
    Orphan,
}

/// <summary>What a write led to.</summary>
/// <param name="Document">The object, or the <c>Status</c> a deletion may answer with.</param>
/// <param name="Created">Whether the object did not exist before.</param>
/// <param name="Warnings">What the API server warned of.</param>
internal sealed record WriteResult(System.Text.Json.Nodes.JsonObject Document, bool Created, IReadOnlyList<string> Warnings);

/// <summary>Whether the cluster would let this identity do something.</summary>
internal sealed record AccessDecision(bool Allowed, string? Reason);
