using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Npm;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.DevIssuer.Tests.Conformance;

/// <summary>Libraries that no one here wrote, on both sides of a token.</summary>
public sealed class RealClientLibraryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_official_typescript_sdk_signs_in_and_refreshes_without_naming_the_resource_again()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var tools = await NpmTools.InstallAsync();
        await using var client = tools.StartModule(
            "typescript-sdk-sign-in",
            Path.Combine(AppContext.BaseDirectory, "Conformance", "typescript-sdk-sign-in.mjs"),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ISSUER"] = issuer.Address });

        var toOpen = await client.WaitForLineAsync("open http", Deadline);
        using var browser = issuer.OpenBrowser();
        var answer = await browser.SignInAsync(await browser.OpenAsync(toOpen["open ".Length..]));
        (await browser.OpenAsync(answer.Location!)).Html.ShouldContain("close this page");
        (await client.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', client.RecentLines));

        var got = JsonNode.Parse(client.RecentLines[^1])!;
        ((string)got["state"]!).ShouldBe("abc");
        ((string)got["iss"]!).ShouldBe(issuer.Address);
        ((string)got["scope"]!).ShouldBe("mcp:tools mcp:read mcp:plan mcp:apply openid profile groups offline_access");
        ((string)Jwt.Claims((string)got["refreshed"]!)["aud"]!).ShouldBe(TestClient.Resource);
    }

    [Fact]
    public async Task A_resource_server_that_knows_only_the_issuers_address_finds_the_keys_and_accepts_the_token()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var tokens = await (await issuer.RegisterAsync()).SignInAsync();
        var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
            $"{issuer.Address}/.well-known/openid-configuration", new HttpDocumentRetriever { RequireHttps = false }, CancellationToken.None);

        var result = new JsonWebTokenHandler().ValidateToken(tokens.Access, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = TestClient.Resource,
            ValidTypes = ["at+jwt"],
            IssuerSigningKeys = configuration.SigningKeys,
        });

        result.IsValid.ShouldBeTrue(result.Exception?.Message);
    }
}
