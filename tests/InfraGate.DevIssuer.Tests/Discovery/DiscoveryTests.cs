using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Discovery;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Both_well_known_places_describe_the_issuer_at_the_address_that_is_really_bound(string path)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var metadata = await issuer.GetJsonAsync(path);

        ((string)metadata["issuer"]!).ShouldBe(issuer.Address);
        ((string)metadata["authorization_endpoint"]!).ShouldBe($"{issuer.Address}/authorize");
        ((string)metadata["token_endpoint"]!).ShouldBe($"{issuer.Address}/token");
        ((string)metadata["registration_endpoint"]!).ShouldBe($"{issuer.Address}/register");
        ((bool)metadata["authorization_response_iss_parameter_supported"]!).ShouldBeTrue();
        ((bool)metadata["client_id_metadata_document_supported"]!).ShouldBeTrue();
        metadata["code_challenge_methods_supported"]!.AsArray().Select(node => (string)node!).ShouldBe(["S256"]);
        metadata["scopes_supported"]!.AsArray().Select(node => (string)node!)
            .ShouldBe(["mcp:tools", "mcp:read", "mcp:plan", "mcp:apply", "openid", "profile", "groups", "offline_access"]);
    }

    [Fact]
    public async Task Every_endpoint_named_by_the_metadata_exists()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var metadata = await issuer.GetJsonAsync("/.well-known/openid-configuration");

        foreach (var (name, value) in metadata.Where(entry => entry.Key.EndsWith("_endpoint", StringComparison.Ordinal) || entry.Key is "jwks_uri"))
        {
            using var response = await issuer.Http.GetAsync((string)value!);
            response.StatusCode.ShouldNotBe(System.Net.HttpStatusCode.NotFound, name);
        }
    }

    [Fact]
    public async Task The_published_keys_hold_no_private_part()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();

        var key = (await issuer.GetJsonAsync("/jwks"))["keys"]!.AsArray().ShouldHaveSingleItem()!.AsObject();

        key.Select(property => property.Key).ShouldBe(["kid", "n", "e", "kty", "use", "alg"], ignoreOrder: true);
        ((string)key["alg"]!).ShouldBe("RS256");
    }
}
