using System.Net;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.Quickstart.Processes;
using InfraGate.Quickstart.Walkthrough;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.EndToEnd.Tests.Skill;

/// <summary>Issuer and gateway started by the skill's own commands in this checkout, on the ports that it names, against the sandbox.</summary>
public sealed class SkillCheckout : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly SandboxCluster _cluster = new();
    private readonly TemporaryFolder _state = TemporaryFolder.CreateInMemory("skill");
    private readonly List<RunningProcess> _processes = [];
    private SetAside? _setAside;

    public static Uri Endpoint { get; } = new("http://127.0.0.1:3001/mcp");

    /// <summary>An access token for alice.</summary>
    public string Token { get; private set; } = "";

    public async Task InitializeAsync()
    {
        PortOwner.EnsureFree(3001, "the skill's gateway");
        PortOwner.EnsureFree(3011, "the skill's dev issuer");
        try
        {
            _setAside = new SetAside();
            await _cluster.InitializeAsync();
            File.Copy(_cluster.KubeconfigPath, RepositoryFolders.InRepository(".kube", "mcp-nginx-demo.config"));
            await Start("skill-issuer", SkillCommands.StartIssuer).WaitForLineAsync("listening on http://127.0.0.1:3011", Deadline);
            await Start("skill-gateway", SkillCommands.StartGateway).WaitForLineAsync("listening on http://127.0.0.1:3001", Deadline);
            using var http = new HttpClient();
            await Eventually.TrueAsync(async () => (await http.GetAsync(new Uri(Endpoint, "/readyz"))).StatusCode == HttpStatusCode.OK, Deadline);
            using var alice = new BrowserUser(Person.Alice.Name, Person.Alice.Password);
            Token = await new OAuthClient(http).SignInAsync(Endpoint, alice, CancellationToken.None);

            // The skill's curl waits five seconds at most, which a gateway that has not yet compiled what it needs may take on a slow machine.
            await using var first = await AgentSession.OpenAsync(Endpoint, Token);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the skill to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string command, string token)
    {
        await using var process = Bash("skill-command", command, token);
        var code = await process.WaitForExitAsync(Deadline);
        return (code, string.Join('\n', process.RecentLines));
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
            await process.DisposeAsync();
        _processes.Clear();
        await _cluster.DisposeAsync();
        _setAside?.Dispose();
        _setAside = null;
        _state.Dispose();
    }

    private RunningProcess Start(string name, string command)
    {
        var process = Bash(name, command);
        _processes.Add(process);
        return process;
    }

    private RunningProcess Bash(string name, string command, string? token = null) => RunningProcess.Start(new ProcessPlan(name, "bash")
    {
        Arguments = ["-c", command],
        WorkingDirectory = RepositoryFolders.Root,
        Environment = new Dictionary<string, string?>
        {
            // Keys and registrations of the developer's own InfraGate are not touched.
            ["XDG_STATE_HOME"] = _state.Path,
            ["INFRA_GATE_JWT_TOKEN"] = token,
            // No build server may outlive the test.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        },
    });
}

/// <summary>Needs ports 3001 and 3011 for itself, so nothing runs beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InASkillCheckout : ICollectionFixture<SkillCheckout>
{
    public const string Name = "in a checkout, by the skill's commands";
}
