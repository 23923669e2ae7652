namespace InfraGate.Plans;

/// <summary>What the caller asked for, to the letter.</summary>
/// <param name="Tool">The tool that was called, for example <c>request_scale_deployment</c>.</param>
/// <param name="Arguments">The tool's arguments as RFC 8785 canonical JSON.</param>
/// <param name="Manifest">The manifest as it was given, byte for byte, for the two tools that take one.</param>
/// <param name="ManifestView">The same manifest with every value that looks secret replaced by its fingerprint: what people and models may see.</param>
public sealed record PlanIntent(string Tool, string Arguments, string? Manifest, string? ManifestView);
