using System.Runtime.InteropServices;

namespace InfraGate.Plans.Redaction;

/// <summary>Where a credential stands in a text, in UTF-16 units, and what it is.</summary>
/// <param name="Start">Index of the first unit to hide.</param>
/// <param name="Length">How many units to hide; at least 1.</param>
/// <param name="Kind">What was recognised.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CredentialSpan(int Start, int Length, CredentialKind Kind)
{
    /// <summary>Index of the first unit after the credential.</summary>
    public int End => Start + Length;
}
