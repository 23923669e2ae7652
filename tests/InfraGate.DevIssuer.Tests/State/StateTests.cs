using System.Runtime.Versioning;
using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Files;

namespace InfraGate.DevIssuer.Tests.State;

public sealed class StateTests
{
    [Fact]
    public async Task Clients_consents_and_sign_ins_survive_a_restart()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        string clientId;
        string refresh;
        await using (var issuer = await IssuerUnderTest.StartAsync(stateRoot: folder.Path))
        {
            var client = await issuer.RegisterAsync();
            clientId = client.Id;
            refresh = (await client.SignInAsync()).Refresh;
        }

        await using var again = await IssuerUnderTest.StartAsync(stateRoot: folder.Path);
        var sameClient = new TestClient(again, clientId, "http://127.0.0.1:7777/callback");
        ((string)(await sameClient.RefreshedAsync(refresh)).AccessClaims["sub"]!).ShouldBe("alice");
        using var browser = again.OpenBrowser();
        var answer = await browser.SubmitAsync(await browser.OpenAsync(sameClient.AuthorizeUrl()), ("username", "alice"), ("password", "alice-local-only"));
        answer.Answer.ShouldContainKey("code");
    }

    [Fact]
    public async Task A_revocation_survives_a_restart()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        string clientId;
        string refresh;
        await using (var issuer = await IssuerUnderTest.StartAsync(stateRoot: folder.Path))
        {
            var client = await issuer.RegisterAsync();
            clientId = client.Id;
            refresh = (await client.SignInAsync()).Refresh;
            (await issuer.PostFormAsync("/revoke", ("client_id", clientId), ("token", refresh))).Dispose();
        }

        await using var again = await IssuerUnderTest.StartAsync(stateRoot: folder.Path);
        await new TestClient(again, clientId, "http://127.0.0.1:7777/callback").RefreshAsync(refresh).ShouldRefuseAsync("invalid_grant");
    }

    [Theory]
    [InlineData("keys.json")]
    [InlineData("clients.json")]
    [InlineData("consents.json")]
    [InlineData("grants.json")]
    public async Task A_state_file_that_cannot_be_read_stops_the_start_and_is_left_as_it_is(string name)
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        await File.WriteAllTextAsync(folder.File(name), "{ half a docu");

        var run = await IssuerProcess.RunAsync(new() { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });

        run.ExitCode.ShouldBe(IssuerConfigurationException.ExitCode, run.Output);
        run.Output.ShouldContain(name);
        (await File.ReadAllTextAsync(folder.File(name))).ShouldBe("{ half a docu");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_state_is_readable_by_its_owner_only()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        var root = Path.Combine(folder.Path, "new", "state");
        await using var issuer = await IssuerUnderTest.StartAsync(stateRoot: root);
        await (await issuer.RegisterAsync()).SignInAsync();

        (File.GetUnixFileMode(root) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)).ShouldBe(UnixFileMode.None);
        foreach (var file in Directory.GetFiles(root, "*.json"))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }

        Directory.GetFiles(root, "*.json").Select(Path.GetFileName).ShouldBe(["clients.json", "consents.json", "grants.json", "keys.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task No_token_code_or_cookie_is_written_down()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var browser = issuer.OpenBrowser();
        var tokens = await (await issuer.RegisterAsync()).SignInAsync(browser);

        var written = string.Concat(Directory.GetFiles(issuer.StateRoot, "*.json").Select(File.ReadAllText));

        written.ShouldNotContain(tokens.Access);
        written.ShouldNotContain(tokens.Refresh);
        foreach (System.Net.Cookie cookie in browser.Cookies.GetAllCookies())
        {
            written.ShouldNotContain(cookie.Value);
        }
    }
}
