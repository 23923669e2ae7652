namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>One request of a scenario; <c>{ns}</c> in the path stands for the namespace.</summary>
public sealed record ScenarioStep(string Method, string Path, string? Body = null, string Media = "application/json");
