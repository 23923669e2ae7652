using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Keys;
using InfraGate.RealParts.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.DevIssuer.Tests.Fixtures;

/// <summary>The whole issuer on a real Kestrel socket, with a clock that the test moves and a state folder of its own.</summary>
internal sealed class IssuerUnderTest : IAsyncDisposable
{
    // Making an RSA key is what would take longest; one is enough for every issuer that does not bring its own state.
    private static readonly Lazy<string> SharedKeys = new(() =>
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        new KeyFile(folder.Path).EnsureKey(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return File.ReadAllText(folder.File("keys.json"));
    });

    private readonly TemporaryFolder? _ownFolder;
    private readonly WebApplication _app;

    private IssuerUnderTest(WebApplication app, ManualTime time, string stateRoot, TemporaryFolder? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Time = time;
        StateRoot = stateRoot;
        Address = app.Services.GetRequiredService<IssuerAddress>().Value;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Address) };
    }

    public ManualTime Time { get; }

    public string StateRoot { get; }

    /// <summary>The issuer identifier; also where it listens.</summary>
    public string Address { get; }

    /// <summary>A client without cookies that follows no redirect.</summary>
    public HttpClient Http { get; }

    public static async Task<IssuerUnderTest> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, string? stateRoot = null, ManualTime? time = null)
    {
        var ownFolder = stateRoot is null ? TemporaryFolder.CreateInMemory("dev-issuer") : null;
        var environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DEV_ISSUER_STATE_ROOT"] = stateRoot ?? ownFolder!.Path,
        };
        if (ownFolder is not null)
        {
            await File.WriteAllTextAsync(ownFolder.File("keys.json"), SharedKeys.Value);
        }

        environment.TryAdd("DEV_ISSUER_LISTEN", "http://127.0.0.1:0");
        var options = IssuerOptionsReader.Read(environment.GetValueOrDefault);
        time ??= new ManualTime();
        var app = IssuerApplication.Create(options, time);
        await app.StartAsync();
        return new IssuerUnderTest(app, time, options.StateRoot, ownFolder);
    }

    public Browser OpenBrowser() => new(Address);

    public async Task<JsonObject> GetJsonAsync(string path) => (await Http.GetFromJsonAsync<JsonObject>(path))!;

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<TestClient> RegisterAsync(string redirectUri = "http://127.0.0.1:7777/callback", string authMethod = "none")
    {
        using var response = await Http.PostAsJsonAsync("/register", new JsonObject
        {
            ["client_name"] = "A test program",
            ["redirect_uris"] = new JsonArray(redirectUri),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
            ["token_endpoint_auth_method"] = authMethod,
        });
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        var registered = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return new TestClient(this, (string)registered["client_id"]!, redirectUri) { Secret = (string?)registered["client_secret"] };
    }

    /// <summary>The pre-registered client of the approval pages.</summary>
    public TestClient ApprovalUi(int port = 3001) => new(this, LocalDefaults.ApprovalUi, $"http://127.0.0.1:{port}/approvals/signin-callback");

    public async Task<JsonObject> IntrospectAsync(string token)
    {
        using var response = await PostFormAsync(
            "/introspect", ("client_id", LocalDefaults.Automation), ("client_secret", "infra-gate-ci-local-only"), ("token", token));
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }
}
