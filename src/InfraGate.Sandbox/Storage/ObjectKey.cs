using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Storage;

/// <summary>Where an object lives; the namespace is empty for cluster-scoped resources.</summary>
internal readonly record struct ObjectKey(ResourceType Type, string Namespace, string Name);
