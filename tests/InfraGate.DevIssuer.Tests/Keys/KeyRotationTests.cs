using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.Keys;
using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Files;

namespace InfraGate.DevIssuer.Tests.Keys;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task A_running_issuer_signs_with_the_new_key_and_still_publishes_and_accepts_the_old_one()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        var before = await client.SignInAsync();

        using var output = new StringWriter();
        RotateKeysCommand.Run(Options(issuer.StateRoot), issuer.Time, output).ShouldBe(0);
        var after = await client.RefreshedAsync(before.Refresh);

        var oldKid = (string)Jwt.Header(before.Access)["kid"]!;
        var newKid = (string)Jwt.Header(after.Access)["kid"]!;
        newKid.ShouldNotBe(oldKid);
        output.ToString().ShouldContain(newKid);
        (await PublishedAsync(issuer)).ShouldBe([newKid, oldKid]);
        ((bool)(await issuer.IntrospectAsync(before.Access))["active"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_retired_long_ago_is_forgotten_at_the_next_rotation()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        RotateKeysCommand.Run(Options(issuer.StateRoot), issuer.Time, TextWriter.Null);
        issuer.Time.Advance(TimeSpan.FromDays(3));
        RotateKeysCommand.Run(Options(issuer.StateRoot), issuer.Time, TextWriter.Null);

        (await PublishedAsync(issuer)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_survive_a_restart()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        IReadOnlyList<string> before;
        await using (var issuer = await IssuerUnderTest.StartAsync(stateRoot: folder.Path))
        {
            before = await PublishedAsync(issuer);
        }

        await using var again = await IssuerUnderTest.StartAsync(stateRoot: folder.Path);

        (await PublishedAsync(again)).ShouldBe(before);
    }

    [Fact]
    public async Task A_key_file_broken_while_running_leaves_the_last_good_keys_in_use()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var before = await PublishedAsync(issuer);

        await File.WriteAllTextAsync(Path.Combine(issuer.StateRoot, "keys.json"), "{ broken");

        (await PublishedAsync(issuer)).ShouldBe(before);
    }

    private static async Task<IReadOnlyList<string>> PublishedAsync(IssuerUnderTest issuer) =>
        [.. (await issuer.GetJsonAsync("/jwks"))["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];

    private static IssuerOptions Options(string stateRoot) => IssuerOptionsReader.Read(
        name => name switch { "ASPNETCORE_ENVIRONMENT" => "Development", "DEV_ISSUER_STATE_ROOT" => stateRoot, _ => null });
}
