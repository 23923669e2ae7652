using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// Finds the built program of the server: a program file as it is, or the output of a project in the gateway's own configuration, built first when it
/// is missing.
/// </summary>
internal sealed partial class ServerProgram(GatewayOptions options, ILogger<ServerProgram> logger)
{
    private const string Name = "InfraGate.McpServer";
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(5);

    private static string Configuration { get; } =
        typeof(ServerProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    /// <summary>Whether anything can be found at all; says what is wrong and how to mend it when not.</summary>
    public static string? FindMistake(GatewayOptions options)
    {
        if (options.Downstream.Project is { } project)
        {
            return File.Exists(project) ? null : $"INFRA_GATE_DOWNSTREAM_PROJECT is '{project}', which does not exist. Give the path of InfraGate.McpServer.csproj or of its built program.";
        }

        return Default() is null
            ? "INFRA_GATE_DOWNSTREAM_PROJECT is not set and no InfraGate.McpServer lies beside the gateway. Set it to the path of InfraGate.McpServer.csproj or of its built program."
            : null;
    }

    /// <summary>The command that starts the server. Throws <see cref="DownstreamLostException"/> when it cannot be built.</summary>
    public async Task<(string File, IReadOnlyList<string> Arguments)> ResolveAsync(CancellationToken cancel)
    {
        if (FindBuilt(options) is { } built)
        {
            return built;
        }

        var project = Project(options) ?? throw new DownstreamLostException("No server program is configured.", mayHaveRun: false);
        LogBuilding(project);
        await BuildAsync(project, cancel);
        return FindBuilt(options) ?? throw new DownstreamLostException($"Building {project} left no {OutputOf(project)}.", mayHaveRun: false);
    }

    /// <summary>The command that starts the server as it is; null when it must be built first.</summary>
    public static (string File, IReadOnlyList<string> Arguments)? FindBuilt(GatewayOptions options)
    {
        if (Project(options) is not { } project)
        {
            return null;
        }

        if (!project.EndsWith("proj", StringComparison.OrdinalIgnoreCase))
        {
            return Command(project);
        }

        var output = OutputOf(project);
        return File.Exists(output) ? Command(output) : null;
    }

    private static string? Project(GatewayOptions options) => (options.Downstream.Project ?? Default()) is { } project ? Path.GetFullPath(project) : null;

    private static string? Default()
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, Name + ".dll"), Path.GetFullPath(Path.Combine("src", Name, Name + ".csproj"))];
        return places.FirstOrDefault(File.Exists);
    }

    private static string OutputOf(string project)
    {
        var properties = XDocument.Load(project).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        var framework = properties["TargetFramework"].FirstOrDefault() ?? "net" + Environment.Version.ToString(2);
        var assembly = properties["AssemblyName"].FirstOrDefault() ?? Path.GetFileNameWithoutExtension(project);
        return Path.Combine(Path.GetDirectoryName(project)!, "bin", Configuration, framework, assembly + ".dll");
    }

    private static (string File, IReadOnlyList<string> Arguments) Command(string program) =>
        program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? (DotnetHost(), [program]) : (program, []);

    /// <summary>The host that runs this very process, whatever PATH says.</summary>
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }

    private async Task BuildAsync(string project, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(DotnetHost(), ["build", project, "-c", Configuration, "-v", "q", "--nologo"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var build = Process.Start(start) ?? throw new DownstreamLostException("The build could not be started.", mayHaveRun: false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_buildLimit);
        try
        {
            var said = build.StandardOutput.ReadToEndAsync(limit.Token);
            var failed = build.StandardError.ReadToEndAsync(limit.Token);
            await build.WaitForExitAsync(limit.Token);
            if (build.ExitCode != 0)
            {
                LogBuildFailed(project, ErrorsIn(await said + await failed));
                throw new DownstreamLostException($"Building {project} failed.", mayHaveRun: false);
            }
        }
        finally
        {
            if (!build.HasExited)
            {
                build.Kill(entireProcessTree: true);
            }
        }
    }

    private static string ErrorsIn(string output) =>
        string.Join('\n', output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).Take(20));

    [LoggerMessage(LogLevel.Information, "The server is not built yet; building {Project}")]
    private partial void LogBuilding(string project);

    [LoggerMessage(LogLevel.Error, "Building {Project} failed: {Output}")]
    private partial void LogBuildFailed(string project, string output);
}
