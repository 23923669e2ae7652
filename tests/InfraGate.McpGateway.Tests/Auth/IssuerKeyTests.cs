using System.Net;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpGateway.Tests.Auth;

public sealed class IssuerKeyTests
{
    [Fact]
    public async Task A_rotated_key_is_picked_up_by_the_first_request_that_uses_it()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_OAUTH_KEY_REFRESH_SECONDS"] = "1" });
        (await gateway.ClientOf("alice").InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);

        // The bound on refreshes is a second; wait until it has passed, as a real rotation would have.
        var first = DateTimeOffset.UtcNow;
        await Eventually.TrueAsync(() => Task.FromResult(DateTimeOffset.UtcNow - first > TimeSpan.FromSeconds(1.1)));
        gateway.Issuer.Rotate(keepOld: true);

        (await gateway.ClientOf("alice").InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Issuer.KeyFetches.ShouldBe(2);
    }

    [Fact]
    public async Task A_flood_of_made_up_key_ids_does_not_become_a_flood_on_the_issuer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_OAUTH_KEY_REFRESH_SECONDS"] = "3600" });
        using var client = gateway.ClientOf("alice");
        await client.InitializeAsync();

        for (var i = 0; i < 50; i++)
        {
            using var forger = gateway.NewClient(gateway.Issuer.Token(gateway.Resource, header: h => h["kid"] = "made-up-" + Guid.NewGuid()) + "A");
            (await forger.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        gateway.Issuer.KeyFetches.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_issuer_is_down_nobody_is_told_that_a_token_is_bad()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Issuer.IsDown = true;

        var answer = await gateway.ClientOf("alice").InitializeAsync();

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Header("Retry-After").ShouldNotBeNull();
        answer.Challenge.ShouldBeNull();
    }

    [Fact]
    public async Task Metadata_that_names_another_issuer_is_not_used()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Issuer.ClaimedIssuer = "https://evil.example";

        (await gateway.ClientOf("alice").InitializeAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_token_whose_key_was_withdrawn_stops_working_although_it_was_verified_before()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_OAUTH_KEY_REFRESH_SECONDS"] = "1" });
        using var old = gateway.ClientOf("alice");
        (await old.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Issuer.Rotate(keepOld: false);

        await Eventually.TrueAsync(async () => (await gateway.ClientOf("bob").InitializeAsync()).Status == HttpStatusCode.OK);

        (await old.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
