using System.Net;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Tokens;

public sealed class ClientCredentialsTests
{
    private static readonly (string Name, string Value)[] Automation =
        [("grant_type", "client_credentials"), ("client_id", "infra-gate-ci"), ("client_secret", "infra-gate-ci-local-only")];

    [Fact]
    public async Task A_configured_client_gets_a_token_for_itself_and_no_refresh_token()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        using var response = await issuer.PostFormAsync("/token", [.. Automation, ("scope", "mcp:read openid"), ("resource", "http://127.0.0.1:9/mcp")]);
        var tokens = await TokenAnswer.ReadAsync(response);

        ((string)tokens.AccessClaims["sub"]!).ShouldBe("infra-gate-ci");
        ((string)tokens.AccessClaims["client_id"]!).ShouldBe("infra-gate-ci");
        ((string)tokens.AccessClaims["aud"]!).ShouldBe("http://127.0.0.1:9/mcp");
        tokens.Scope.ShouldBe("mcp:read");
        tokens.Body.ShouldNotContainKey("refresh_token");
        tokens.Body.ShouldNotContainKey("id_token");
    }

    [Fact]
    public async Task A_wrong_secret_gets_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        await issuer.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", "infra-gate-ci"), ("client_secret", "infra-gate-ci-local-onlx"))
            .ShouldRefuseAsync("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_that_registered_itself_never_gets_a_token_without_a_person()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync(authMethod: "client_secret_post");

        await issuer.PostFormAsync("/token", ("grant_type", "client_credentials"), ("client_id", client.Id), ("client_secret", client.Secret!))
            .ShouldRefuseAsync("unauthorized_client");
    }

    [Fact]
    public async Task The_resource_must_be_one()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        await issuer.PostFormAsync("/token", [.. Automation, ("resource", "not a uri")]).ShouldRefuseAsync("invalid_target");
        await issuer.PostFormAsync("/token", [.. Automation, ("resource", "http://a/"), ("resource", "http://b/")]).ShouldRefuseAsync("invalid_target");
    }

    [Fact]
    public async Task A_resource_that_is_named_twice_in_the_same_words_is_one_resource()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        using var answer = await issuer.PostFormAsync("/token", [.. Automation, ("resource", "http://a/"), ("resource", "http://a/")]);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }
}
