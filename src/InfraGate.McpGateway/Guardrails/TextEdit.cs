using System.Runtime.InteropServices;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>A part of a text that is replaced, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextEdit(int Start, int End, string Replacement);
