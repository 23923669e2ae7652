using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.OidcProvider;

namespace InfraGate.RealParts.Tests.OidcProvider;

public sealed class OidcProviderFixtureTests(OidcProviderFixture foreign, ChromiumFixture chromium)
    : IClassFixture<OidcProviderFixture>, IClassFixture<ChromiumFixture>
{
    private const string Resource = "http://127.0.0.1:3001/mcp";

    [Fact]
    public async Task A_registered_client_gets_a_jwt_for_its_resource_after_a_sign_in_in_the_browser()
    {
        using var http = new HttpClient { BaseAddress = foreign.Issuer };
        // A redirect target that nobody listens on: the browser's address bar is all that is read.
        const string redirect = "http://127.0.0.1:9/callback";
        var registered = await PostAsync(http, "/reg", JsonContent.Create(new JsonObject
        {
            ["client_name"] = "a real client",
            ["redirect_uris"] = new JsonArray(redirect),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["token_endpoint_auth_method"] = "none",
        }));
        var client = (string)registered["client_id"]!;
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

        var code = await SignInAsync(
            $"{foreign.Issuer}auth?response_type=code&client_id={client}&redirect_uri={Uri.EscapeDataString(redirect)}&scope=openid%20profile%20groups%20mcp:tools"
                + $"&resource={Uri.EscapeDataString(Resource)}&code_challenge={challenge}&code_challenge_method=S256&state=s",
            redirect);
        var tokens = await PostAsync(http, "/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = client,
            ["code"] = code,
            ["redirect_uri"] = redirect,
            ["code_verifier"] = verifier,
            ["resource"] = Resource,
        }));

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(((string)tokens["access_token"]!).Split('.')[1]))!;
        ((string?)claims["aud"], (string?)claims["sub"], (string?)claims["scope"]).ShouldBe((Resource, "carol", "mcp:tools"));
        claims["groups"]!.AsArray().Select(group => (string?)group).ShouldBe(["platform"]);
        tokens["refresh_token"].ShouldNotBeNull();
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, HttpContent body)
    {
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        return JsonNode.Parse(text)!;
    }

    private async Task<string> SignInAsync(string authorize, string redirect)
    {
        await using var context = await chromium.NewContextAsync(BrowserProfile.WithoutJavaScript);
        var page = await context.NewPageAsync();
        await page.RouteAsync($"{redirect}**", route => route.FulfillAsync(new() { Body = "done" }));
        await page.GotoAsync(authorize);
        await page.GetByLabel("User").FillAsync(OidcProviderFixture.Carol.Name);
        await page.GetByLabel("Password").FillAsync(OidcProviderFixture.Carol.Password);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await page.WaitForURLAsync($"{redirect}**");
        return System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"].ShouldNotBeNull();
    }
}
