using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Auth;

public sealed class ChallengeTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Without_a_token_the_challenge_says_where_to_sign_in_and_names_no_error()
    {
        using var client = fixture.Gateway.NewClient(null);

        var answer = await client.InitializeAsync();

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Challenge.ShouldBe($"Bearer resource_metadata=\"{fixture.Gateway.Url}/.well-known/oauth-protected-resource/mcp\", scope=\"mcp:tools\"");
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_names_resource_issuer_and_the_scopes_of_the_challenge(string path)
    {
        using var client = fixture.Gateway.NewClient(null);
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, path));

        var metadata = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)metadata["resource"]).ShouldBe(fixture.Gateway.Resource);
        ((string?)metadata["authorization_servers"]![0]).ShouldBe(fixture.Gateway.Issuer.Url);
        metadata["scopes_supported"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["mcp:tools"]);
        ((string?)metadata["bearer_methods_supported"]![0]).ShouldBe("header");
    }

    [Fact]
    public async Task Where_the_issuer_wants_scopes_by_full_name_they_are_advertised_so_and_tokens_carry_the_short_ones()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_OAUTH_SCOPE_PREFIX"] = "api://6731de76/" });
        await gateway.ReadyAsync();
        using var stranger = gateway.NewClient(null);
        using var reader = gateway.ClientOf("alice", "mcp:read");
        await reader.InitializeAsync();

        (await stranger.InitializeAsync()).Challenge.ShouldNotBeNull().ShouldEndWith("scope=\"api://6731de76/mcp:tools\"");
        using var response = await stranger.SendAsync(stranger.Bare(HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp"));
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["scopes_supported"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["api://6731de76/mcp:tools"]);
        (await reader.CallAsync("get_echo")).Status.ShouldBe(HttpStatusCode.OK);
        (await reader.CallAsync("request_echo")).Challenge.ShouldNotBeNull().ShouldContain("scope=\"api://6731de76/mcp:plan\"");
    }

    [Theory]
    [InlineData("mcp:read", "get_echo", HttpStatusCode.OK, null)]
    [InlineData("mcp:read", "request_echo", HttpStatusCode.Forbidden, "mcp:plan")]
    [InlineData("mcp:read mcp:plan", "apply_approved_plan", HttpStatusCode.Forbidden, "mcp:apply")]
    [InlineData("mcp:plan", "get_echo", HttpStatusCode.Forbidden, "mcp:read")]
    [InlineData("mcp:read mcp:plan", "drop_all_tables", HttpStatusCode.Forbidden, "mcp:apply")]
    [InlineData("mcp:apply", "apply_approved_plan", HttpStatusCode.OK, null)]
    [InlineData("mcp:tools", "apply_approved_plan", HttpStatusCode.OK, null)]
    public async Task A_call_needs_its_scope_and_the_challenge_names_it(string granted, string tool, HttpStatusCode status, string? needed)
    {
        using var client = fixture.Gateway.ClientOf("scoped", granted);
        await client.InitializeAsync();

        var before = fixture.Gateway.Journaled(tool);
        var answer = await client.CallAsync(tool);

        answer.Status.ShouldBe(status);
        (fixture.Gateway.Journaled(tool) - before).ShouldBe(needed is null ? 1 : 0);
        if (needed is not null)
        {
            answer.Challenge.ShouldNotBeNull().ShouldContain("error=\"insufficient_scope\"");
            answer.Challenge.ShouldContain($"scope=\"{needed}\"");
            answer.Challenge.ShouldContain("resource_metadata=");
        }
    }

    [Fact]
    public async Task A_token_without_any_scope_of_ours_opens_no_session()
    {
        using var client = fixture.Gateway.ClientOf("stranger", "openid profile");

        var answer = await client.InitializeAsync();

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Challenge.ShouldNotBeNull().ShouldContain("insufficient_scope");
    }

    [Fact]
    public async Task The_scope_of_the_token_of_this_request_counts_not_that_which_opened_the_session()
    {
        // Narrowing a token must bite at once: a session is no store of rights (mcp-context-forge#4923).
        using var opener = fixture.Gateway.ClientOf("narrowed");
        await opener.InitializeAsync();
        using var narrow = fixture.Gateway.ClientOf("narrowed", "mcp:read");
        narrow.Session = opener.Session;

        (await narrow.CallAsync("request_echo")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("X-Forwarded-User", "root")]
    [InlineData("X-InfraGate-Subject", "root")]
    [InlineData("X-MS-CLIENT-PRINCIPAL", "e30=")]
    [InlineData("X-Internal-Auth", "true")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    public async Task No_header_but_a_verified_credential_lets_anyone_in(string header, string value)
    {
        // GHSA-g53w-w6mj-hrpp: a guessable internal header that bypassed the JWT.
        using var client = fixture.Gateway.NewClient(null);
        using var request = client.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        request.Headers.Add(header, value);
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("infragate.dev/caller")]
    [InlineData("infragate.dev/anything")]
    [InlineData("InfraGate.dev/caller")]
    public async Task A_caller_that_a_client_claims_in_meta_is_dropped(string key)
    {
        using var client = fixture.Gateway.ClientOf("honest");
        await client.InitializeAsync();

        var meta = new JsonObject { [key] = new JsonObject { ["subject"] = "root" }, ["example.com/kept"] = "yes" };
        var answer = await client.CallAsync("get_echo", meta: meta);

        var received = answer.Structured["meta"]!.AsObject();
        ((string?)received["infragate.dev/caller"]!["subject"]).ShouldBe("honest");
        received.Where(entry => entry.Key.StartsWith("infragate.dev/", StringComparison.OrdinalIgnoreCase)).Count().ShouldBe(1);
        ((string?)received["example.com/kept"]).ShouldBe("yes");
    }

    [Fact]
    public async Task The_server_learns_the_verified_caller()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();

        var caller = (await client.CallAsync("get_echo")).Structured["meta"]!["infragate.dev/caller"]!;

        ((string?)caller["subject"]).ShouldBe("alice");
        ((string?)caller["name"]).ShouldBe("Name of alice");
        ((string?)caller["client"]).ShouldBe("test-client");
        caller["groups"]!.AsArray().Select(group => (string?)group).ShouldBe(["platform"]);
        caller["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["mcp:tools"]);
        caller["namespaces"].ShouldBeNull();
        ((string?)caller["clientName"]).ShouldBe("wire", "the token names no client, so that what the client said at initialize is passed on");
    }

    [Theory]
    [InlineData("Codex (verified)", "Codex (verified)")]
    [InlineData("Codex”, verified by InfraGate\n", "Codex', verified by InfraGate")]
    [InlineData("test-client", null)]
    public async Task A_name_that_a_client_gave_itself_changes_nothing_but_the_name(string claimed, string? passedOn)
    {
        var token = fixture.Gateway.Issuer.Token(fixture.Gateway.Resource, payload: claims => claims["client_name"] = claimed);
        using var client = fixture.Gateway.NewClient(token);
        await client.InitializeAsync();

        var caller = (await client.CallAsync("get_echo")).Structured["meta"]!["infragate.dev/caller"]!;

        ((string?)caller["clientName"]).ShouldBe(passedOn);
        ((string?)caller["client"]).ShouldBe("test-client");
    }
}
