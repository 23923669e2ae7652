using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The real Claude Code with a home folder of its own. It is told to reach nobody but the server that it is given.</summary>
internal sealed class ClaudeCode : IAsyncDisposable
{
    private const string Server = "infra-gate";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly NpmTools _tools;
    private readonly TemporaryFolder _home = TemporaryFolder.CreateInMemory("claude");
    private readonly Dictionary<string, string?> _environment;

    private ClaudeCode(NpmTools tools)
    {
        _tools = tools;
        _environment = new Dictionary<string, string?>
        {
            ["HOME"] = _home.Path,
            ["CLAUDE_CONFIG_DIR"] = null,
            ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
            ["DISABLE_AUTOUPDATER"] = "1",
        };
    }

    public static async Task<ClaudeCode> CreateAsync() => new(await NpmTools.InstallAsync());

    /// <summary>A variable that it finds in its environment from now on.</summary>
    public void SetVariable(string name, string value) => _environment[name] = value;

    /// <summary>Runs a line as it stands in the documentation, in a shell.</summary>
    public async Task TypeAsync(string line)
    {
        await using var shell = Start("bash", ["-c", line]);
        (await shell.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', shell.RecentLines));
    }

    /// <summary>What it keeps about itself and its servers.</summary>
    public string Configuration => File.ReadAllText(_home.File(".claude.json"));

    /// <summary>What <c>claude mcp list</c>, which connects to every server, says of this one.</summary>
    public async Task<string> StateAsync()
    {
        await using var list = Start(_tools.Program("claude"), ["mcp", "list"]);
        return (await list.WaitForLineAsync($"{Server}: ", Deadline)).Trim();
    }

    /// <summary><c>claude mcp login --no-browser</c> at a terminal, which it insists on; a person signs in at the printed address, and the browser brings the answer back.</summary>
    public async Task LoginAsync(ChromiumFixture chromium, Person person)
    {
        await using var login = Start("script", ["--quiet", "--return", "--command", $"stty cols 4000; {_tools.Program("claude")} mcp login {Server} --no-browser", "/dev/null"], keepInputOpen: true);
        var address = await login.WaitForLineAsync("response_type=code", Deadline);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.Trim());
        await SignIn.PassAsync(page, person, arrived => arrived.Url.StartsWith("http://localhost:", StringComparison.Ordinal) && arrived.Url.Contains("/callback?", StringComparison.Ordinal));
        (await login.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', login.RecentLines));
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    private RunningProcess Start(string program, string[] arguments, bool keepInputOpen = false) => RunningProcess.Start(new ProcessPlan("claude", program)
    {
        Arguments = arguments,
        Environment = _tools.WithPath(_environment),
        WorkingDirectory = _home.Path,
        KeepInputOpen = keepInputOpen,
    });
}
