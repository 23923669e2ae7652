namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>Why a manifest was refused.</summary>
internal enum ManifestRefusal
{
    /// <summary>It is not well formed, or says something that no request may say.</summary>
    Invalid,

    /// <summary>It names a kind that InfraGate does not change.</summary>
    UnsupportedKind,
}

/// <summary>A manifest was refused. The message starts with line and column, and says how to mend it.</summary>
internal sealed class ManifestException : Exception
{
    public ManifestException(string message, TextPosition position, ManifestRefusal refusal = ManifestRefusal.Invalid, Exception? inner = null)
        : base($"{char.ToUpperInvariant($"{position}"[0])}{$"{position}".AsSpan(1)}: {message}", inner)
    {
        Position = position;
        Refusal = refusal;
    }

    public TextPosition Position { get; }

    public ManifestRefusal Refusal { get; }
}
