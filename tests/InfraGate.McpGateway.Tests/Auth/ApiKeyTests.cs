using System.Net;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Auth;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_key_speaks_for_its_name_scopes_and_namespaces()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        using var client = Client(gateway, Make(gateway, "ci", ["mcp:read"], ["team-a"]));
        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        var caller = (await client.CallAsync("get_echo")).Structured["meta"]!["infragate.dev/caller"]!;

        ((string?)caller["subject"]).ShouldBe("key:ci");
        caller["namespaces"]!.AsArray().Select(name => (string?)name).ShouldBe(["team-a"]);
        (await client.CallAsync("request_echo")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_server_is_told_who_holds_the_key()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        using var owned = Client(gateway, Make(gateway, "codex", ["mcp:read"], owner: "alice"));
        using var unowned = Client(gateway, Make(gateway, "ci", ["mcp:read"]));
        await owned.InitializeAsync();
        await unowned.InitializeAsync();

        ((string?)(await owned.CallAsync("get_echo")).Structured["meta"]!["infragate.dev/caller"]!["owner"]).ShouldBe("alice");
        ((string?)(await unowned.CallAsync("get_echo")).Structured["meta"]!["infragate.dev/caller"]!["owner"]).ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_key_stops_working_while_the_gateway_runs()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = Client(gateway, Make(gateway, "ci", ["mcp:read"]));
        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        FileOf(gateway).Write([]);

        await Eventually.TrueAsync(async () => (await client.AskAsync("tools/list")).Status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_lets_nobody_in()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = Client(gateway, Make(gateway, "ci", ["mcp:read"]));
        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        await File.WriteAllTextAsync(gateway.Services.GetRequiredService<GatewayOptions>().Storage.ApiKeysFile, "{ not json");

        await Eventually.TrueAsync(async () => (await client.InitializeAsync()).Status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = Client(gateway, Make(gateway, "ci", ["mcp:read"], expires: DateTimeOffset.UtcNow.AddSeconds(-1)));

        (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_counts_neither_in_the_query_nor_beside_a_token_nor_with_a_changed_secret()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var key = Make(gateway, "ci", ["mcp:tools"]);

        using var nobody = gateway.NewClient(null);
        using var inQuery = await nobody.SendAsync(nobody.Post("{}", $"/mcp?X-InfraGate-API-Key={key}&api_key={key}"));
        inQuery.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var both = new McpWire(new Uri(gateway.Url), gateway.Issuer.Token(gateway.Resource)) { ApiKey = key };
        (await both.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);

        using var changed = Client(gateway, key[..^1] + (key[^1] == 'A' ? 'B' : 'A'));
        (await changed.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_cannot_use_the_session_of_another_key()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var one = Client(gateway, Make(gateway, "one", ["mcp:tools"]));
        await one.InitializeAsync();
        using var two = Client(gateway, Make(gateway, "two", ["mcp:tools"]));
        two.Session = one.Session;

        await Eventually.TrueAsync(async () => (await two.AskAsync("tools/list")).Status == HttpStatusCode.NotFound);
    }

    private static ApiKeyFile FileOf(GatewayUnderTest gateway) => new(gateway.Services.GetRequiredService<GatewayOptions>().Storage.ApiKeysFile);

    private static McpWire Client(GatewayUnderTest gateway, string key) => new(new Uri(gateway.Url), token: null) { ApiKey = key };

    private static string Make(GatewayUnderTest gateway, string name, IReadOnlyList<string> scopes, IReadOnlyList<string>? namespaces = null, DateTimeOffset? expires = null, string? owner = null)
    {
        var now = DateTimeOffset.UtcNow;
        var (text, record) = ApiKeyText.Create(name, scopes, namespaces, now, expires ?? now.AddDays(1), owner);
        var file = FileOf(gateway);
        file.Write([.. file.Read(), record]);
        return text;
    }
}
