namespace InfraGate.Sandbox.Apply;

/// <summary>A value that does not conform to its schema.</summary>
internal sealed class TypedValueException(string message) : Exception(message);
