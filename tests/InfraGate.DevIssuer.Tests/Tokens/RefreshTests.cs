using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Tokens;

public sealed class RefreshTests
{
    [Fact]
    public async Task A_refresh_that_omits_the_resource_keeps_it()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync(changes: ("resource", "http://127.0.0.1:45678/mcp"));

        var refreshed = await client.RefreshedAsync(tokens.Refresh);

        ((string)refreshed.AccessClaims["aud"]!).ShouldBe("http://127.0.0.1:45678/mcp");
        refreshed.Scope.ShouldBe(tokens.Scope);
        refreshed.Refresh.ShouldNotBe(tokens.Refresh);
        refreshed.Access.ShouldNotBe(tokens.Access);
    }

    [Fact]
    public async Task A_refresh_may_name_the_same_resource_but_not_another_and_the_mistake_costs_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        await client.RefreshAsync(tokens.Refresh, ("resource", "http://127.0.0.1:9/other")).ShouldRefuseAsync("invalid_target");
        ((string)(await client.RefreshedAsync(tokens.Refresh, ("resource", TestClient.Resource))).AccessClaims["aud"]!).ShouldBe(TestClient.Resource);
    }

    [Fact]
    public async Task A_spent_refresh_token_used_again_after_the_grace_ends_the_whole_family()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var stolen = await client.SignInAsync();
        var current = await client.RefreshedAsync(stolen.Refresh);
        issuer.Time.Advance(TimeSpan.FromSeconds(11));

        await client.RefreshAsync(stolen.Refresh).ShouldRefuseAsync("invalid_grant");

        await client.RefreshAsync(current.Refresh).ShouldRefuseAsync("invalid_grant");
        ((bool)(await issuer.IntrospectAsync(current.Access))["active"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task An_older_refresh_token_ends_the_family_even_within_the_grace()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var first = await client.SignInAsync();
        var third = await client.RefreshedAsync((await client.RefreshedAsync(first.Refresh)).Refresh);

        await client.RefreshAsync(first.Refresh).ShouldRefuseAsync("invalid_grant");

        await client.RefreshAsync(third.Refresh).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task Two_uses_within_the_grace_get_the_same_successor_so_that_a_race_breaks_nothing()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        var raced = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.RefreshedAsync(tokens.Refresh)));

        raced.Select(answer => answer.Refresh).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        issuer.Time.Advance(TimeSpan.FromMinutes(5));
        await client.RefreshedAsync(raced[0].Refresh);
    }

    [Fact]
    public async Task The_grace_can_be_switched_off()
    {
        await using var issuer = await IssuerUnderTest.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DEV_ISSUER_REFRESH_GRACE_SECONDS"] = "0" });
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();
        await client.RefreshedAsync(tokens.Refresh);

        await client.RefreshAsync(tokens.Refresh).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task Another_client_cannot_use_a_refresh_token_and_does_not_end_it_either()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var thief = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();

        await thief.RefreshAsync(tokens.Refresh).ShouldRefuseAsync("invalid_grant");
        await client.RefreshedAsync(tokens.Refresh);
    }

    [Fact]
    public async Task A_made_up_token_of_a_known_family_neither_works_nor_ends_the_family()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();
        var parts = tokens.Refresh.Split('.');

        foreach (var forged in new[] { $"{parts[0]}.{parts[1]}.{new string('A', 43)}", $"{parts[0]}.99.{parts[2]}", $"{parts[0]}.-1.{parts[2]}", parts[0], "..", "a.b.c.d" })
        {
            await client.RefreshAsync(forged).ShouldRefuseAsync("invalid_grant");
        }

        await client.RefreshedAsync(tokens.Refresh);
    }

    [Fact]
    public async Task Scopes_can_be_narrowed_for_one_token_and_never_widened()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync(changes: ("scope", "mcp:read mcp:plan openid"));

        var narrowed = await client.RefreshedAsync(tokens.Refresh, ("scope", "mcp:read"));
        narrowed.Scope.ShouldBe("mcp:read");
        narrowed.Body.ShouldNotContainKey("id_token");
        var widened = await client.RefreshedAsync(narrowed.Refresh, ("scope", "mcp:read mcp:apply"));
        widened.Scope.ShouldBe("mcp:read");
        await client.RefreshAsync(widened.Refresh, ("scope", "mcp:apply")).ShouldRefuseAsync("invalid_scope");
        (await client.RefreshedAsync(widened.Refresh)).Scope.ShouldBe("mcp:read mcp:plan openid");
    }

    [Fact]
    public async Task Rotation_does_not_prolong_the_sign_in()
    {
        await using var issuer = await IssuerUnderTest.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DEV_ISSUER_REFRESH_TOKEN_SECONDS"] = "3600" });
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();
        issuer.Time.Advance(TimeSpan.FromMinutes(50));
        tokens = await client.RefreshedAsync(tokens.Refresh);
        issuer.Time.Advance(TimeSpan.FromMinutes(11));

        await client.RefreshAsync(tokens.Refresh).ShouldRefuseAsync("invalid_grant");
    }

    [Fact]
    public async Task Access_tokens_live_as_long_as_configured()
    {
        await using var issuer = await IssuerUnderTest.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DEV_ISSUER_ACCESS_TOKEN_SECONDS"] = "2" });
        var client = await issuer.RegisterAsync();
        var tokens = await client.SignInAsync();
        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeTrue();
        issuer.Time.Advance(TimeSpan.FromSeconds(3));

        ((bool)(await issuer.IntrospectAsync(tokens.Access))["active"]!).ShouldBeFalse();
        ((int)(await client.RefreshedAsync(tokens.Refresh)).Body["expires_in"]!).ShouldBe(2);
    }
}
