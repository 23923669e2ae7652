using System.Diagnostics;

namespace InfraGate.Quickstart.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class CommandLine
{
    /// <summary>Its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info) ?? throw new QuickstartException($"{path} cannot be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, (await output + await errors).Trim());
    }
}
