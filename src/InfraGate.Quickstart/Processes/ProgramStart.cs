namespace InfraGate.Quickstart.Processes;

/// <summary>How to start one of the programs.</summary>
/// <param name="Name">What people call it; also the name of its log file.</param>
/// <param name="Path">The built executable.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables on top of this process's own.</param>
internal sealed record ProgramStart(
    string Name, string Path, string WorkingDirectory, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
