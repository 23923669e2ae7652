using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Commands;
using InfraGate.RealParts.Files;

namespace InfraGate.McpGateway.Tests.Commands;

public sealed class ApiKeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("api-keys");
    private readonly StringWriter _said = new();
    private readonly StringWriter _complained = new();

    private ApiKeyFile KeyFile => new(_folder.File("keys.json"));

    [Fact]
    public async Task A_key_is_shown_once_and_kept_only_as_a_salted_hash()
    {
        (await RunAsync("create", "ci", "--scopes", "mcp:read,mcp:plan", "--namespaces", "team-a", "--days", "7")).ShouldBe(0);

        var key = _said.ToString().Trim();
        key.ShouldMatch("^igk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}$");
        var record = KeyFile.Read().ShouldHaveSingleItem();
        record.Scopes.ShouldBe(["mcp:read", "mcp:plan"]);
        record.Namespaces.ShouldBe(["team-a"]);
        (record.Expires - record.Created).ShouldBe(TimeSpan.FromDays(7));
        var content = await File.ReadAllTextAsync(_folder.File("keys.json"));
        content.ShouldNotContain(key[17..]);
        (OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_folder.File("keys.json"))).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ApiKeyText.TrySplit(key, out _, out var secret).ShouldBeTrue();
        ApiKeyText.Matches(record, secret).ShouldBeTrue();
        ApiKeyText.Matches(record, secret + "x").ShouldBeFalse();
    }

    [Fact]
    public async Task Two_keys_of_one_secret_kind_have_different_salts()
    {
        await RunAsync("create", "one", "--scopes", "mcp:read");
        await RunAsync("create", "two", "--scopes", "mcp:read");

        KeyFile.Read().Select(record => record.Salt).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("create", "ci")]
    [InlineData("create", "ci", "--scopes")]
    [InlineData("create", "ci", "--scopes", "everything")]
    [InlineData("create", "Ci!", "--scopes", "mcp:read")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--days", "0")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--days", "9999")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--days", "many")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--namespaces", "Not_A_Name")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--color", "red")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--owner", "")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--owner", " alice")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--owner", "al\nice")]
    [InlineData("create", "ci", "--scopes", "mcp:read", "--owner", "key:ci")]
    [InlineData("revoke", "nobody")]
    [InlineData("frobnicate")]
    public async Task What_is_not_understood_changes_nothing(params string[] args)
    {
        (await RunAsync(args)).ShouldNotBe(0);

        _said.ToString().ShouldBeEmpty();
        _complained.ToString().ShouldNotBeEmpty();
        File.Exists(_folder.File("keys.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_are_listed_without_their_hashes_and_revoked_by_name_or_id()
    {
        await RunAsync("create", "one", "--scopes", "mcp:read");
        await RunAsync("create", "two", "--scopes", "mcp:tools");
        _said.GetStringBuilder().Clear();

        await RunAsync("list");
        var listed = _said.ToString();
        listed.ShouldContain("one");
        listed.ShouldContain("mcp:tools");
        listed.ShouldNotContain(KeyFile.Read()[0].Hash);

        (await RunAsync("revoke", "one")).ShouldBe(0);
        (await RunAsync("revoke", KeyFile.Read().Single().Id)).ShouldBe(0);
        KeyFile.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_keeps_and_lists_whose_it_is()
    {
        (await RunAsync("create", "codex", "--scopes", "mcp:tools", "--owner", "auth0|Alice")).ShouldBe(0);
        (await RunAsync("create", "ci", "--scopes", "mcp:tools")).ShouldBe(0);
        _said.GetStringBuilder().Clear();

        await RunAsync("list");

        KeyFile.Read().Select(record => record.Owner).ShouldBe(["auth0|Alice", null]);
        var lines = _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[0].ShouldEndWith("no owner");
        lines[1].ShouldEndWith("owner auth0|Alice");
    }

    [Fact]
    public async Task A_second_key_of_the_same_name_is_refused()
    {
        await RunAsync("create", "ci", "--scopes", "mcp:read");

        (await RunAsync("create", "ci", "--scopes", "mcp:read")).ShouldBe(1);
        KeyFile.Read().ShouldHaveSingleItem();
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] args) => new ApiKeyCommand(_said, _complained, TimeProvider.System).RunAsync(args, KeyFile);
}
