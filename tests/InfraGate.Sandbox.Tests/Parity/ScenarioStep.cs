namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>One request of a scenario; <c>{ns}</c> in the path stands for the namespace.</summary>
/// <param name="Once">
/// What the answer holds once admission has learned of the steps before. The real one learns in its own time, so it is asked for a dry run until then.
/// </param>
public sealed record ScenarioStep(string Method, string Path, string? Body = null, string Media = "application/json", string? Once = null);
