using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Files;

namespace InfraGate.DevIssuer.Tests.Configuration;

public sealed class IssuerOptionsReaderTests
{
    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        var options = Read(("HOME", "/home/someone"));

        options.Listen.ToString().ShouldBe("http://127.0.0.1:3011");
        options.StateRoot.ShouldBe("/home/someone/.local/state/infragate-dev-issuer");
        options.DefaultResource.ShouldBe("http://127.0.0.1:3001/mcp");
        options.AccessTokenLifetime.ShouldBe(TimeSpan.FromMinutes(15));
        options.RefreshTokenLifetime.ShouldBe(TimeSpan.FromDays(30));
        options.Users.Select(user => user.UserName).ShouldBe(["alice", "bob"]);
        options.Clients.Select(client => client.Id).ShouldBe(["infra-gate-approval-ui", "infra-gate-ci", "https://chatgpt.com/oauth/codex/client.json"]);
    }

    [Fact]
    public void The_state_folder_follows_the_xdg_rules()
    {
        Read(("XDG_STATE_HOME", "/var/state"), ("HOME", "/home/someone")).StateRoot.ShouldBe("/var/state/infragate-dev-issuer");
        Read(("DEV_ISSUER_STATE_ROOT", "/somewhere/else"), ("XDG_STATE_HOME", "/var/state")).StateRoot.ShouldBe("/somewhere/else");
    }

    [Fact]
    public void The_general_setting_for_addresses_is_honoured_when_the_own_one_is_missing()
    {
        Read(("ASPNETCORE_URLS", "http://localhost:4011")).Listen.ToString().ShouldBe("http://localhost:4011");
        Read(("ASPNETCORE_URLS", "http://localhost:4011"), ("DEV_ISSUER_LISTEN", "http://127.0.0.1:5011")).Listen.Port.ShouldBe(5011);
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var refused = Should.Throw<IssuerConfigurationException>(() => IssuerOptionsReader.Read(Environment(
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("DEV_ISSUER_LISTEN", "https://0.0.0.0:3011/path"),
            ("DEV_ISSUER_ACCESS_TOKEN_SECONDS", "ten"),
            ("DEV_ISSUER_REFRESH_GRACE_SECONDS", "61"),
            ("DEV_ISSUER_DEFAULT_RESOURCE", "mcp"),
            ("DEV_ISSUER_SETTINGS", "/does/not/exist.json"))));

        refused.Problems.Count.ShouldBe(6);
        refused.Message.ShouldContain("DEV_ISSUER_ACCESS_TOKEN_SECONDS: 'ten' is not a whole number of seconds from 1 to 86400.");
    }

    [Theory]
    [InlineData("http://127.0.0.1:3011/issuer")]
    [InlineData("http://127.0.0.1:3011?x=1")]
    [InlineData("http://user@127.0.0.1:3011")]
    [InlineData("https://127.0.0.1:3011")]
    [InlineData("127.0.0.1:3011")]
    [InlineData("http://127.0.0.2:3011")]
    public void An_address_that_is_not_plain_loopback_is_refused(string value) =>
        Should.Throw<IssuerConfigurationException>(() => Read(("DEV_ISSUER_LISTEN", value))).Message.ShouldContain(value);

    [Fact]
    public async Task Users_and_clients_come_from_the_settings_file_when_there_is_one()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        await File.WriteAllTextAsync(folder.File("settings.json"), """
            {
              // carol replaces alice and bob; the default clients stay
              "users": [{ "userName": "carol", "password": "carol-secret", "name": "Carol", "groups": ["sre"] }]
            }
            """);
        await using var issuer = await IssuerUnderTest.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DEV_ISSUER_SETTINGS"] = folder.File("settings.json") });
        using var browser = issuer.OpenBrowser();
        var page = await browser.OpenAsync(issuer.ApprovalUi().AuthorizeUrl());

        page.Html.ShouldContain("Local users: carol.");
        (await browser.SignInAsync(page, "alice")).Status.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await browser.SignInAsync(page, "carol", "carol-secret")).Answer.ShouldContainKey("code");
    }

    [Theory]
    [InlineData("""{"users":[{"userName":"a","password":"short"}]}""", "shorter than 8 characters")]
    [InlineData("""{"users":[]}""", "nobody could sign in")]
    [InlineData("""{"users":[{"userName":"a","password":"long enough"},{"userName":"A","password":"long enough"}]}""", "more than once")]
    [InlineData("""{"clients":[{"clientId":"x","redirectUris":["https://evil.example/cb"]}]}""", "not an http:// loopback address")]
    [InlineData("""{"clients":[{"clientId":"x"}]}""", "neither redirectUris nor a clientSecret")]
    [InlineData("""{"clients":[{"clientId":"x","clientSecret":"short"}]}""", "shorter than 16 characters")]
    [InlineData("""{"users":[null]}""", "users holds null")]
    [InlineData("""{"users":[{"userName":"a","password":"long enough","groups":[null]}]}""", "the groups of user 'a' hold null")]
    [InlineData("""{"clients":[null]}""", "clients holds null")]
    [InlineData("""{"clients":[{"clientId":"x","redirectUris":[null]}]}""", "redirect URI 'null' of client 'x'")]
    [InlineData("""{"clients":[{"clientId":"x","redirectUris":["http://127.0.0.1/cb"],"postLogoutRedirectUris":[null]}]}""", "redirect URI 'null' of client 'x'")]
    [InlineData("""{"clients":[{"clientId":"x","clientSecret":"long enough for a secret","groups":[null]}]}""", "the groups of client 'x' hold null")]
    [InlineData("""{"user":[]}""", "cannot be read")]
    [InlineData("""{""", "cannot be read")]
    [InlineData("""null""", "cannot be read")]
    public async Task A_settings_file_with_a_mistake_is_refused_with_its_cure(string content, string problem)
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        await File.WriteAllTextAsync(folder.File("settings.json"), content);

        Should.Throw<IssuerConfigurationException>(() => Read(("DEV_ISSUER_SETTINGS", folder.File("settings.json")))).Message.ShouldContain(problem);
    }

    private static IssuerOptions Read(params (string Name, string Value)[] environment) =>
        IssuerOptionsReader.Read(Environment([("ASPNETCORE_ENVIRONMENT", "Development"), .. environment]));

    private static Func<string, string?> Environment(params (string Name, string Value)[] environment) =>
        name => environment.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)).Value;
}
