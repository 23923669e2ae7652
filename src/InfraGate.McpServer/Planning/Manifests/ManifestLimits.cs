namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>The bounds within which a manifest is read. Each is far above what a Deployment, Service or ConfigMap needs.</summary>
internal static class ManifestLimits
{
    /// <summary>The largest manifest, in UTF-8 bytes.</summary>
    public const int Bytes = 256 * 1024;

    /// <summary>The most objects in one manifest.</summary>
    public const int Documents = 20;

    /// <summary>The most document markers, empty documents included.</summary>
    public const int DocumentMarkers = 200;

    /// <summary>How deep maps and lists may nest; a Deployment needs about 12.</summary>
    public const int Depth = 40;

    /// <summary>The most nodes, aliases expanded: what stops an alias bomb.</summary>
    public const int Nodes = 20_000;

    /// <summary>The most aliases in one manifest.</summary>
    public const int Aliases = 10;

    /// <summary>How long reading may take.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
}
