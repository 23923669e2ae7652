using System.Runtime.InteropServices;

namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>Where a known injection pattern stands in a text, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InjectionSpan(int Start, int End, InjectionCategory Category);
