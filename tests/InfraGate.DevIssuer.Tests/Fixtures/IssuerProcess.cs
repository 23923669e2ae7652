using InfraGate.RealParts.Processes;

namespace InfraGate.DevIssuer.Tests.Fixtures;

/// <summary>The built program itself, on a free port unless the environment says otherwise.</summary>
internal static class IssuerProcess
{
    private const string Project = "InfraGate.DevIssuer";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Runs to the end, which must come, and returns the exit code with everything that was written.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string?> environment, params string[] arguments)
    {
        await using var process = ProductProcess.Launch(Project, OnAnyPort(environment), arguments);
        var exitCode = await process.WaitForExitAsync(Deadline);
        return (exitCode, string.Join('\n', process.RecentLines));
    }

    /// <summary>Starts serving and waits until it says so.</summary>
    public static Task<ProductProcess> ServeAsync(Dictionary<string, string?> environment) => ProductProcess.StartAsync(Project, OnAnyPort(environment));

    private static Dictionary<string, string?> OnAnyPort(Dictionary<string, string?> environment)
    {
        var all = new Dictionary<string, string?>(environment, StringComparer.Ordinal);
        all.TryAdd("DEV_ISSUER_LISTEN", "http://127.0.0.1:0");
        return all;
    }
}
