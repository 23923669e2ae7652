using InfraGate.EndToEnd.Tests.People;
using InfraGate.Quickstart.Walkthrough;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.EndToEnd.Tests.Gateways;

/// <summary>The dev issuer as a process, with a state folder of its own.</summary>
public sealed class DevIssuerHost : IAsyncDisposable
{
    private readonly TemporaryFolder _state;
    private readonly ProductProcess _process;
    private readonly HttpClient _http = new();

    private DevIssuerHost(TemporaryFolder state, ProductProcess process)
    {
        _state = state;
        _process = process;
    }

    /// <summary>The issuer, without a trailing slash.</summary>
    public string Issuer => _process.BaseAddress.GetLeftPart(UriPartial.Authority);

    public static async Task<DevIssuerHost> StartAsync(IReadOnlyDictionary<string, string?>? environment = null)
    {
        var state = TemporaryFolder.CreateInMemory("dev-issuer");
        try
        {
            var all = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
            {
                ["DEV_ISSUER_LISTEN"] = "http://127.0.0.1:0",
                ["DEV_ISSUER_STATE_ROOT"] = state.File("state"),
            };
            return new DevIssuerHost(state, await ProductProcess.StartAsync("InfraGate.DevIssuer", all));
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Signs a person in as an MCP client does: from the gateway's 401 by discovery and registration to a code with PKCE, and its token.</summary>
    public async Task<string> SignInAsync(Uri endpoint, Person person)
    {
        using var browser = new BrowserUser(person.Name, person.Password);
        return await new OAuthClient(_http).SignInAsync(endpoint, browser, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _state.Dispose();
        _http.Dispose();
    }
}
