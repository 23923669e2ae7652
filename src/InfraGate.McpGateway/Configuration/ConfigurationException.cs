namespace InfraGate.McpGateway.Configuration;

/// <summary>The configuration cannot be used. Carries every mistake at once, each with its cure; the process exits with <see cref="ExitCode"/>.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> mistakes)
    : Exception($"InfraGate cannot start: {mistakes.Count} {(mistakes.Count == 1 ? "setting needs" : "settings need")} mending.{Environment.NewLine}"
        + string.Join(Environment.NewLine, mistakes.Select(mistake => "  - " + mistake)))
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    /// <summary>One sentence per mistake: the variable, what is wrong, how to mend it.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
