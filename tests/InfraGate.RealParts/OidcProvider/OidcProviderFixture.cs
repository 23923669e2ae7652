using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;
using Xunit;

namespace InfraGate.RealParts.OidcProvider;

/// <summary>
/// An issuer that no one here wrote: the certified <c>oidc-provider</c> from npm on a free loopback port, with authorization code and PKCE, dynamic
/// registration, resource indicators and JWT access tokens. Its sign-in page is a form with the fields <c>username</c> and <c>password</c>.
/// </summary>
public sealed class OidcProviderFixture : IAsyncLifetime
{
    /// <summary>The public client of InfraGate's approval pages; its loopback redirect is accepted with any port.</summary>
    public const string ApprovalClientId = "infra-gate-approval-ui";
    public const string MachineClientId = "infra-gate-ci";
    public const string MachineClientSecret = "infra-gate-ci-foreign-only";

    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);
    private RunningProcess? _process;

    /// <summary>In group <c>platform</c>.</summary>
    public static (string Name, string Password) Carol => ("carol", "carol-foreign-only");

    /// <summary>In groups <c>platform</c> and <c>sre</c>.</summary>
    public static (string Name, string Password) Dave => ("dave", "dave-foreign-only");

    /// <summary>Lifetime of access tokens; set it before the start.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The resource of tokens for clients that name none; set it before the start.</summary>
    public Uri? DefaultResource { get; init; }

    public Uri Issuer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        try
        {
            var tools = await NpmTools.InstallAsync();
            var module = RepositoryFolders.InRepository("tests", "InfraGate.RealParts", "OidcProvider", "server.mjs");
            _process = tools.StartModule("oidc-provider", module, new Dictionary<string, string?>
            {
                ["OIDC_ACCESS_TOKEN_SECONDS"] = $"{(int)AccessTokenLifetime.TotalSeconds}",
                ["OIDC_DEFAULT_RESOURCE"] = DefaultResource?.AbsoluteUri,
            });
            var line = await _process.WaitForLineAsync("listening on http://", ReadyDeadline);
            Issuer = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }
}
