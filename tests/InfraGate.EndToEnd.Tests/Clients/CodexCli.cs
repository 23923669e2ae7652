using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The real Codex CLI with a home folder of its own, which keeps its tokens in a file there.</summary>
internal sealed class CodexCli : IAsyncDisposable
{
    private const string Server = "infra-gate";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly NpmTools _tools;
    private readonly TemporaryFolder _home = TemporaryFolder.CreateInMemory("codex");
    private readonly Dictionary<string, string?> _environment;

    private CodexCli(NpmTools tools)
    {
        _tools = tools;
        _environment = new Dictionary<string, string?> { ["CODEX_HOME"] = _home.Path };
        _home.Write("config.toml", "mcp_oauth_credentials_store = \"file\"\n");
    }

    public static async Task<CodexCli> CreateAsync() => new(await NpmTools.InstallAsync());

    /// <summary><c>codex mcp add</c>. It goes on to sign in at once; that is interrupted, as a user without a browser here would.</summary>
    public async Task AddAsync(Uri endpoint)
    {
        await using var add = Start(["mcp", "add", Server, "--url", endpoint.AbsoluteUri]);
        await add.WaitForLineAsync("Added global MCP server", Deadline);
    }

    /// <summary><c>codex mcp add</c> to its end: it opens the sign-in by itself, so that nothing more needs to be typed.</summary>
    public async Task AddAndSignInAsync(Uri endpoint, ChromiumFixture chromium, Person person)
    {
        await using var add = Start(["mcp", "add", Server, "--url", endpoint.AbsoluteUri], keepInputOpen: true);
        await SignInAsync(add, chromium, person);
    }

    /// <summary>Has Codex ask a stand-in instead of OpenAI's models. Before any server is added: TOML wants these lines on top.</summary>
    public void UseModel(Uri address) => Configure($$"""
        model = "stand-in"
        model_provider = "stand-in"

        [model_providers.stand-in]
        name = "stand-in"
        base_url = "{{address}}v1"
        wire_api = "responses"
        """);

    /// <summary><c>codex exec</c>: the agent works on what it is asked until it has something to say.</summary>
    /// <returns>Everything it printed.</returns>
    public Task<string> AskAsync(string prompt) => RunAsync(["exec", "--skip-git-repo-check", prompt]);

    /// <summary><c>codex exec resume --last</c>: says something more in the same conversation.</summary>
    public Task<string> GoOnAsync(string prompt) => RunAsync(["exec", "resume", "--last", "--skip-git-repo-check", prompt]);

    /// <summary>A variable that Codex finds in its environment from now on.</summary>
    public void SetVariable(string name, string value) => _environment[name] = value;

    /// <summary>Adds lines to <c>config.toml</c>: to the server's section, if there is one.</summary>
    public void Configure(string toml) => File.AppendAllText(_home.File("config.toml"), toml + "\n");

    /// <summary><c>codex mcp login --no-browser</c>; a person signs in at the printed address.</summary>
    public async Task LoginAsync(ChromiumFixture chromium, Person person)
    {
        await using var login = Start(["mcp", "login", Server, "--no-browser"], keepInputOpen: true);
        await SignInAsync(login, chromium, person);
    }

    /// <summary>The access token that Codex stored.</summary>
    public string AccessToken =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_home.File(".credentials.json"))).EnumerateObject().ShouldHaveSingleItem().Value
            .GetProperty("access_token").GetString()!;

    /// <summary>When that token runs out, as it says itself (<c>exp</c>).</summary>
    public DateTimeOffset AccessTokenEnd
    {
        get
        {
            var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(AccessToken.Split('.')[1]));
            return DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
        }
    }

    /// <summary>Has Codex itself call a tool with what it stored: by its app server, which its editors' extensions use, and without a model.</summary>
    public async Task<JsonElement> CallAsync(string tool, JsonObject arguments)
    {
        await using var server = Start(["app-server"], keepInputOpen: true);
        await RequestAsync(server, 1, "initialize", new JsonObject { ["clientInfo"] = new JsonObject { ["name"] = "end-to-end", ["version"] = "1" } });
        await SendAsync(server, new JsonObject { ["method"] = "initialized" });
        var thread = await RequestAsync(server, 2, "thread/start", new JsonObject { ["cwd"] = _home.Path });
        return await RequestAsync(server, 3, "mcpServer/tool/call", new JsonObject
        {
            ["threadId"] = thread.GetProperty("thread").GetProperty("id").GetString(),
            ["server"] = Server,
            ["tool"] = tool,
            ["arguments"] = arguments,
        });
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task SignInAsync(RunningProcess codex, ChromiumFixture chromium, Person person)
    {
        var address = await codex.WaitForLineAsync("response_type=code", Deadline);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.Trim());
        await SignIn.PassAsync(page, person, arrived => arrived.Url.Contains("/callback", StringComparison.Ordinal) && !arrived.Url.Contains("response_type=", StringComparison.Ordinal));
        (await codex.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', codex.RecentLines));
    }

    private async Task<string> RunAsync(string[] arguments)
    {
        await using var codex = Start(arguments);
        var code = await codex.WaitForExitAsync(Deadline);
        var said = string.Join('\n', codex.RecentLines);
        return code == 0 ? said : throw codex.Failure($"ended with {code}");
    }

    private static async Task<JsonElement> RequestAsync(RunningProcess server, int id, string method, JsonObject parameters)
    {
        await SendAsync(server, new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        var line = await server.WaitForLineAsync($"\"id\":{id}", Deadline);
        var answer = JsonSerializer.Deserialize<JsonElement>(line);
        return answer.TryGetProperty("result", out var result) ? result : throw server.Failure($"answered {method} with {line}");
    }

    private static async Task SendAsync(RunningProcess server, JsonObject message)
    {
        await server.Input.WriteLineAsync(message.ToJsonString());
        await server.Input.FlushAsync();
    }

    private RunningProcess Start(string[] arguments, bool keepInputOpen = false) =>
        _tools.Start("codex", arguments, _environment, _home.Path, keepInputOpen);
}
