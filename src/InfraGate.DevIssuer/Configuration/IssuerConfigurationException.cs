namespace InfraGate.DevIssuer.Configuration;

/// <summary>The issuer refuses to start. The message lists every mistake together with its cure.</summary>
internal sealed class IssuerConfigurationException(IReadOnlyList<string> problems) : Exception(Describe(problems))
{
    /// <summary><c>EX_CONFIG</c> of sysexits.h.</summary>
    public const int ExitCode = 78;

    public IReadOnlyList<string> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<string> problems) =>
        string.Join(Environment.NewLine, ["The InfraGate dev issuer cannot start:", .. problems.Select(problem => $"  - {problem}")]);
}
