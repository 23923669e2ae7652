using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>Claude Code from npm, configured by the lines of <c>docs/clients.md</c>.</summary>
[Collection(OnTheSandbox.Name)]
public sealed class ClaudeCodeTests(SandboxGateway stack, ChromiumFixture chromium)
{
    private const string Documented = "http://127.0.0.1:3001/mcp";

    [Fact]
    public async Task It_connects_with_an_api_key_that_stays_in_its_environment()
    {
        await using var claude = await ClaudeCode.CreateAsync();
        var key = await stack.Gateway.CreateApiKeyAsync("claude", "mcp:read");
        claude.SetVariable("INFRA_GATE_API_KEY", key);

        await claude.TypeAsync(Line("X-InfraGate-API-Key"));

        (await claude.StateAsync()).ShouldEndWith("Connected");
        claude.Configuration.ShouldNotContain(key);
    }

    [Fact]
    public async Task It_says_that_it_needs_a_sign_in_and_connects_once_a_person_has_signed_in()
    {
        await using var claude = await ClaudeCode.CreateAsync();
        var port = FreePorts.Find(1)[0];

        // Its own client id is an address on the Internet, which tests do not reach: one of ours instead, as for an issuer that knows no such ids.
        await claude.TypeAsync(Line("--client-id ID").Replace("ID ", await RegisterAsync(port) + " ", StringComparison.Ordinal).Replace("8080", $"{port}", StringComparison.Ordinal));
        (await claude.StateAsync()).ShouldEndWith("Needs authentication");

        await claude.LoginAsync(chromium, Person.Alice);

        (await claude.StateAsync()).ShouldEndWith("Connected");
    }

    /// <summary>The only line of the documentation that adds this server in that way, for this gateway.</summary>
    private string Line(string way) => File.ReadAllText(RepositoryFolders.InRepository("docs", "clients.md"))
        .Split('`', '\n')
        .Single(piece => piece.StartsWith("claude mcp add", StringComparison.Ordinal) && piece.Contains(way, StringComparison.Ordinal))
        .Replace(Documented, stack.Gateway.Endpoint.AbsoluteUri, StringComparison.Ordinal);

    private async Task<string> RegisterAsync(int port)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(stack.Issuer + "/register"), new JsonObject
        {
            ["client_name"] = "Claude Code",
            ["redirect_uris"] = new JsonArray($"http://localhost:{port}/callback"),
            ["token_endpoint_auth_method"] = "none",
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
        });
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!;
    }
}
