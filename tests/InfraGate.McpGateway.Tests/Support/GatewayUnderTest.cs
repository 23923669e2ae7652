using System.Text.Json.Nodes;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Downstream;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Support;

/// <summary>A gateway in this process on a real socket, with the fake server as its child and an issuer that tests control.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private readonly List<McpWire> _wires = [];

    private GatewayUnderTest(WebApplication app, TestIssuer issuer, TemporaryFolder folder)
    {
        _app = app;
        _folder = folder;
        Issuer = issuer;
    }

    public TestIssuer Issuer { get; }

    public IServiceProvider Services => _app.Services;

    public string Url => _app.Urls.First();

    public string Resource => Url + "/mcp";

    public string ApprovalRoot => Services.GetRequiredService<GatewayOptions>().Storage.ApprovalRoot;

    /// <summary>The arguments with which the fake's <c>get_held</c> answers no sooner than <see cref="Release"/>.</summary>
    public JsonObject Held => new() { ["until"] = _folder.File("release") };

    public string Journal => _folder.File("journal");

    /// <summary>The fake's program, built beside the tests in the same configuration.</summary>
    public static string FakeServer => RepositoryFolders.InRepository("tests", "InfraGate.FakeMcpServer", "bin", RepositoryFolders.Configuration, "net10.0", "InfraGate.FakeMcpServer.dll");

    public static async Task<GatewayUnderTest> StartAsync(Dictionary<string, string>? settings = null, Action<WebApplicationBuilder>? customize = null)
    {
        var folder = TemporaryFolder.Create("gateway");
        var issuer = await TestIssuer.StartAsync();
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["INFRA_GATE_LISTEN"] = "http://127.0.0.1:0",
                ["INFRA_GATE_OAUTH_AUTHORITY"] = issuer.Url,
                ["INFRA_GATE_DOWNSTREAM_PROJECT"] = FakeServer,
                ["INFRA_GATE_KEY_ROOT"] = folder.File("keys"),
                ["K8S_MCP_APPROVAL_ROOT"] = folder.File("approvals"),
                ["INFRA_GATE_GUARD_AUDIT_ROOT"] = folder.File("guard"),
                ["INFRA_GATE_CALLS_PER_MINUTE"] = "0",
                ["INFRA_GATE_OAUTH_KEY_REFRESH_SECONDS"] = "1",
            };
            foreach (var (name, value) in settings ?? [])
            {
                environment[name] = value;
            }

            var options = GatewayOptionsReader.Read(environment.GetValueOrDefault, "Development", ServerProgram.FindMistake);
            var app = GatewayApplication.Build(options, builder =>
            {
                builder.Services.AddSingleton<IServerEnvironment>(new FakeEnvironment(folder));
                customize?.Invoke(builder);
            });
            await app.StartAsync();
            return new GatewayUnderTest(app, issuer, folder);
        }
        catch
        {
            await issuer.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A client of the gateway with that bearer token, or with none.</summary>
    public McpWire NewClient(string? token)
    {
        var wire = new McpWire(new Uri(Url), token);
        _wires.Add(wire);
        return wire;
    }

    /// <summary>A client with a good token of that subject.</summary>
    public McpWire ClientOf(string subject, string scope = "mcp:tools", string client = "test-client") => NewClient(Issuer.Token(Resource, subject, scope, client));

    /// <summary>Waits until the fake answers.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(() => Task.FromResult(Services.GetRequiredService<ServerSupervisor>().Current is not null));

    /// <summary>Lets the calls of <c>get_held</c> be answered.</summary>
    public void Release() => File.WriteAllText(_folder.File("release"), "");

    /// <summary>From now on no fake gets ready.</summary>
    public void HoldStarts() => File.WriteAllText(FakeEnvironment.HoldFile(_folder), "");

    /// <summary>Lets fakes get ready again.</summary>
    public void LetStart() => File.Delete(FakeEnvironment.HoldFile(_folder));

    /// <summary>From now on no fake ends that is asked to.</summary>
    public void HoldEnds() => File.WriteAllText(FakeEnvironment.HoldEndFile(_folder), "");

    /// <summary>Lets fakes end again.</summary>
    public void LetEnd() => File.Delete(FakeEnvironment.HoldEndFile(_folder));

    /// <summary>Stops as a process does at SIGTERM.</summary>
    public Task StopAsync()
    {
        _app.Lifetime.StopApplication();
        return _app.StopAsync();
    }

    /// <summary>How often the fake was asked for the tool, or noted the word.</summary>
    public int Journaled(string line) => File.Exists(Journal) ? File.ReadAllLines(Journal).Count(entry => entry == line) : 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var wire in _wires)
        {
            wire.Dispose();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
        await Issuer.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class FakeEnvironment(TemporaryFolder folder) : IServerEnvironment
    {
        public IEnumerable<KeyValuePair<string, string>> Variables { get; } =
        [
            KeyValuePair.Create("K8S_MCP_FAKE_JOURNAL", folder.File("journal")),
            KeyValuePair.Create("K8S_MCP_FAKE_HOLD", HoldFile(folder)),
            KeyValuePair.Create("K8S_MCP_FAKE_HOLD_END", HoldEndFile(folder)),
        ];

        public static string HoldFile(TemporaryFolder folder) => folder.File("hold");

        public static string HoldEndFile(TemporaryFolder folder) => folder.File("hold-end");
    }
}
