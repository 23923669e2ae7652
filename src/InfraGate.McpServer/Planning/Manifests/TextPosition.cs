using System.Runtime.InteropServices;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>A place in a manifest, counted from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
