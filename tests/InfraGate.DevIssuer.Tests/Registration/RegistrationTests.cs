using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Registration;

public sealed class RegistrationTests
{
    /// <summary>What the clients send, with a redirect that each then uses.</summary>
    public static TheoryData<string, string, string> RealClients => new()
    {
        {
            "Codex",
            """{"client_name":"Codex","redirect_uris":["http://127.0.0.1:37819/callback/Zk3d"],"grant_types":["authorization_code","refresh_token"],"token_endpoint_auth_method":"none","response_types":["code"],"application_type":"native","scope":"mcp:tools mcp:read mcp:plan mcp:apply openid profile groups offline_access"}""",
            "http://127.0.0.1:40000/callback/Zk3d"
        },
        {
            "Claude Code",
            """{"client_name":"Claude Code (infra-gate)","redirect_uris":["http://localhost:3118/callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none","application_type":"native"}""",
            "http://localhost:3118/callback"
        },
        {
            "VS Code",
            """{"client_name":"Visual Studio Code","client_uri":"https://code.visualstudio.com","grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"],"response_types":["code"],"redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect","http://127.0.0.1/","http://127.0.0.1:33418/"],"token_endpoint_auth_method":"none","application_type":"native"}""",
            "http://127.0.0.1:59656/"
        },
        {
            "Cursor",
            """{"client_name":"Cursor","redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback","https://www.cursor.com/agents/mcp/oauth/callback","http://localhost:8787/callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none"}""",
            "http://localhost:8787/callback"
        },
        {
            "MCP inspector",
            """{"redirect_uris":["http://localhost:6274/oauth/callback"],"token_endpoint_auth_method":"none","grant_types":["authorization_code","refresh_token"],"response_types":["code"],"client_name":"MCP Inspector","client_uri":"https://github.com/modelcontextprotocol/inspector","scope":"mcp:tools"}""",
            "http://localhost:6274/oauth/callback"
        },
        { "a client that says no more than it must", """{"redirect_uris":["http://127.0.0.1:1234/cb"],"token_endpoint_auth_method":"none"}""", "http://127.0.0.1:1234/cb" },
    };

    [Theory]
    [MemberData(nameof(RealClients))]
    public async Task Real_clients_register_sign_in_and_refresh(string client, string metadata, string redirect)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var registered = await RegisterAsync(issuer, metadata);
        registered.ShouldNotContainKey("client_secret", client);
        registered["redirect_uris"]!.AsArray().ShouldAllBe(uri => ((string)uri!).StartsWith("http://127.0.0.1") || ((string)uri!).StartsWith("http://localhost"));
        ((string)registered["scope"]!).ShouldBe(
            string.Join(' ', (await issuer.GetJsonAsync("/.well-known/oauth-authorization-server"))["scopes_supported"]!.AsArray().Select(scope => (string)scope!)));
        var program = new TestClient(issuer, (string)registered["client_id"]!, redirect);

        var tokens = await program.SignInAsync();
        await program.RefreshedAsync(tokens.Refresh);
    }

    [Theory]
    [InlineData("""{"redirect_uris":["https://evil.example/callback"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://192.168.1.10/callback"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1.evil.example/callback"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/cb#x"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":[null]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/cb"],"grant_types":[null]}""", "invalid_client_metadata")]
    [InlineData("""{}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":"http://127.0.0.1/cb"}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/cb"],"grant_types":["client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/cb"],"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata")]
    [InlineData("""not json""", "invalid_client_metadata")]
    [InlineData("""null""", "invalid_client_metadata")]
    [InlineData("""[1]""", "invalid_client_metadata")]
    public async Task A_registration_that_could_send_codes_elsewhere_or_makes_no_sense_is_refused(string metadata, string error)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        await PostAsync(issuer, metadata).ShouldRefuseAsync(error);
    }

    [Fact]
    public async Task Too_many_redirects_are_refused()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var redirects = new JsonArray([.. Enumerable.Range(1, 21).Select(number => JsonValue.Create($"http://127.0.0.1/cb{number}"))]);

        await PostAsync(issuer, new JsonObject { ["redirect_uris"] = redirects }.ToJsonString()).ShouldRefuseAsync("invalid_redirect_uri");
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        using var response = await PostAsync(issuer, $$"""{"client_name":"{{new string('a', 100_000)}}"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_null_among_redirects_is_left_out()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var registered = await RegisterAsync(issuer, """{"redirect_uris":[null,"http://127.0.0.1/cb"],"post_logout_redirect_uris":[null]}""");

        registered["redirect_uris"]!.AsArray().Select(uri => (string?)uri).ShouldBe(["http://127.0.0.1/cb"]);
        registered.ShouldNotContainKey("post_logout_redirect_uris");
    }

    [Fact]
    public async Task A_flood_of_registrations_is_stopped_for_a_minute()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        for (var registration = 0; registration < 60; registration++)
        {
            await RegisterAsync(issuer, """{"redirect_uris":["http://127.0.0.1/cb"]}""");
        }

        await PostAsync(issuer, """{"redirect_uris":["http://127.0.0.1/cb"]}""").ShouldRefuseAsync("temporarily_unavailable", HttpStatusCode.TooManyRequests);
        issuer.Time.Advance(TimeSpan.FromMinutes(1));
        await RegisterAsync(issuer, """{"redirect_uris":["http://127.0.0.1/cb"]}""");
    }

    [Fact]
    public async Task Without_a_wish_for_none_a_secret_is_given_once_and_kept_only_as_a_hash()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var registered = await RegisterAsync(issuer, """{"redirect_uris":["http://127.0.0.1/cb"]}""");

        ((string)registered["token_endpoint_auth_method"]!).ShouldBe("client_secret_basic");
        ((long)registered["client_secret_expires_at"]!).ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(issuer.StateRoot, "clients.json"))).ShouldNotContain((string)registered["client_secret"]!);
    }

    private static async Task<JsonObject> RegisterAsync(IssuerUnderTest issuer, string metadata)
    {
        using var response = await PostAsync(issuer, metadata);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<HttpResponseMessage> PostAsync(IssuerUnderTest issuer, string metadata)
    {
        using var content = new StringContent(metadata, Encoding.UTF8, "application/json");
        return await issuer.Http.PostAsync("/register", content);
    }
}
