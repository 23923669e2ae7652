using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;

namespace InfraGate.DevIssuer.Tests.Conformance;

/// <summary>The authorization-server scenarios of the MCP conformance suite, against the built issuer, with a browser user who signs in.</summary>
public sealed class AuthorizationServerConformanceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_scenario_and_every_check_in_it_succeeds()
    {
        using var state = TemporaryFolder.CreateInMemory("dev-issuer");
        using var results = TemporaryFolder.Create("conformance");
        var tools = await NpmTools.InstallAsync();
        await using var issuer = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = state.Path });
        var address = issuer.BaseAddress.GetLeftPart(UriPartial.Authority);
        var port = FreePorts.Find(1)[0];
        var clientId = await RegisterAsync(address, port);

        await using var suite = tools.Start(
            "conformance",
            ["authorization", "--url", address, "--client-id", clientId, "--resource", TestClient.Resource, "--port", $"{port}", "--output-dir", results.Path]);
        var toOpen = await suite.WaitForLineAsync($"{address}/authorize?", Deadline);
        await SignInAsync(address, toOpen.Trim());
        var exitCode = await suite.WaitForExitAsync(Deadline);

        exitCode.ShouldBe(0, string.Join('\n', suite.RecentLines));
        var checks = Directory.GetFiles(results.Path, "checks.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            .Select(check => $"{check!["id"]}: {check["status"]} {check["errorMessage"]}".TrimEnd());
        checks.ShouldBe(
            ["authorization-server-metadata: SUCCESS", "authorization-server-metadata-cimd: SUCCESS", "authorization-code-grant: SUCCESS"],
            ignoreOrder: true);
    }

    private static async Task<string> RegisterAsync(string address, int port)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync($"{address}/register", new JsonObject
        {
            ["client_name"] = "MCP conformance suite",
            ["redirect_uris"] = new JsonArray($"http://127.0.0.1:{port}/callback"),
            ["token_endpoint_auth_method"] = "none",
        });
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!;
    }

    private static async Task SignInAsync(string address, string url)
    {
        using var browser = new Browser(address);
        var answer = await browser.SignInAsync(await browser.OpenAsync(url));
        (await browser.OpenAsync(answer.Location!)).Html.ShouldContain("close this page");
    }
}
