namespace InfraGate.McpServer.Hosting;

/// <summary>The configuration cannot be used. The message lists every mistake with its cure; the process ends with <see cref="ExitCode"/>.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> mistakes)
    : Exception($"InfraGate's server cannot start; mend {(mistakes.Count == 1 ? "this" : $"these {mistakes.Count}")} and start again:\n  - {string.Join("\n  - ", mistakes)}")
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    public IReadOnlyList<string> Mistakes => mistakes;
}
