namespace InfraGate.RealParts.Processes;

/// <summary>What to start and how. The environment is not inherited beyond a short list, so that a developer's own settings change no test.</summary>
/// <param name="Name">Names the log file.</param>
/// <param name="FileName">Program, found on PATH or by its path.</param>
public sealed record ProcessPlan(string Name, string FileName)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Keeps standard input open for <see cref="RunningProcess.Input"/>; otherwise the process reads an empty one.</summary>
    public bool KeepInputOpen { get; init; }
}
