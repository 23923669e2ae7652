namespace InfraGate.Quickstart;

/// <summary>Something that the person at the terminal should read as it is; it needs no stack trace.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
