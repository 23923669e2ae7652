using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.Npm;

/// <summary>
/// The npm packages that InfraGate is tested against (<c>eng/npm/package.json</c>): real MCP clients, the conformance suite, a certified OpenID
/// provider, the peer to measure against. Installed once into the user's cache by <c>eng/npm-tools.sh</c>.
/// </summary>
public sealed class NpmTools
{
    private static readonly TimeSpan InstallDeadline = TimeSpan.FromMinutes(10);

    private NpmTools(string folder) => Folder = folder;

    /// <summary>Holds <c>node_modules</c>.</summary>
    public string Folder { get; }

    /// <summary>Node.js of the pinned version; some packages need a newer one than Debian's.</summary>
    public string Node => Program("node");

    public static async Task<NpmTools> InstallAsync(CancellationToken cancellationToken = default)
    {
        await using var script = RunningProcess.Start(new ProcessPlan("npm-tools", RepositoryFolders.InRepository("eng", "npm-tools.sh")));
        if (await script.WaitForExitAsync(InstallDeadline, cancellationToken) != 0)
            throw script.Failure("could not install the npm packages");
        return new NpmTools(script.RecentLines[^1]);
    }

    /// <summary>The path of a package's program, e.g. <c>codex</c>, <c>conformance</c>, <c>mcp-inspector</c>, <c>kubernetes-mcp-server</c>.</summary>
    /// <exception cref="FileNotFoundException">No package brings it.</exception>
    public string Program(string name)
    {
        var path = Path.Combine(Folder, "node_modules", ".bin", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"No npm package of eng/npm brings the program {name}.", path);
    }

    /// <summary>Starts a package's program with the pinned Node.js first on PATH.</summary>
    public RunningProcess Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null, bool keepInputOpen = false) =>
        RunningProcess.Start(new ProcessPlan(program, Program(program))
        {
            Arguments = arguments,
            Environment = WithPath(environment),
            WorkingDirectory = workingDirectory,
            KeepInputOpen = keepInputOpen,
        });

    /// <summary>Runs an ES module with the pinned Node.js; it finds the packages through the variable NPM_TOOLS.</summary>
    public RunningProcess StartModule(string name, string module, IReadOnlyDictionary<string, string?>? environment = null) =>
        RunningProcess.Start(new ProcessPlan(name, Node) { Arguments = [module], Environment = WithPath(environment) });

    /// <summary>An environment in which the packages' programs are found first.</summary>
    public IReadOnlyDictionary<string, string?> WithPath(IReadOnlyDictionary<string, string?>? environment) => new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
    {
        ["PATH"] = $"{Path.Combine(Folder, "node_modules", ".bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        ["NPM_TOOLS"] = Folder,
    };
}
