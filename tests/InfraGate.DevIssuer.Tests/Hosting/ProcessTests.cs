using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Files;

namespace InfraGate.DevIssuer.Tests.Hosting;

public sealed class ProcessTests
{
    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "production")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "")]
    [InlineData("DOTNET_ENVIRONMENT", "Production")]
    public async Task The_program_refuses_to_run_in_production_and_says_what_to_do(string name, string value)
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path, [name] = value });

        run.ExitCode.ShouldBe(78);
        run.Output.ShouldContain("Production");
        run.Output.ShouldContain("ASPNETCORE_ENVIRONMENT=Development");
        run.Output.ShouldNotContain("listening on");
    }

    [Theory]
    [InlineData("DEV_ISSUER_LISTEN", "http://0.0.0.0:0")]
    [InlineData("DEV_ISSUER_LISTEN", "http://192.168.1.10:3011")]
    [InlineData("DEV_ISSUER_LISTEN", "http://*:3011")]
    [InlineData("DEV_ISSUER_LISTEN", "http://[::]:3011")]
    [InlineData("DEV_ISSUER_LISTEN", "http://issuer.example:3011")]
    [InlineData("DEV_ISSUER_LISTEN", "http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task The_program_refuses_to_listen_on_anything_but_loopback(string name, string value)
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path, [name] = value });

        run.ExitCode.ShouldBe(78);
        run.Output.ShouldContain("DEV_ISSUER_LISTEN");
        run.Output.ShouldContain("http://127.0.0.1:3011");
        run.Output.ShouldNotContain("listening on");
    }

    [Fact]
    public async Task The_program_refuses_settings_with_null_in_a_list_as_any_other_mistake()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        var settings = folder.Write("settings.json", """{"users":[null],"clients":[{"clientId":"x","redirectUris":[null]}]}""");

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path, ["DEV_ISSUER_SETTINGS"] = settings });

        run.ExitCode.ShouldBe(78);
        run.Output.ShouldContain("users holds null");
        run.Output.ShouldContain("redirect URI 'null' of client 'x'");
        run.Output.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task It_serves_on_the_free_port_that_it_names_warns_aloud_and_stops_cleanly_when_told()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        await using var issuer = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal)
        {
            ["DEV_ISSUER_STATE_ROOT"] = folder.Path,
            ["Kestrel__Endpoints__Extra__Url"] = "http://0.0.0.0:0",
            ["ASPNETCORE_HTTP_PORTS"] = "0",
        });
        var address = issuer.BaseAddress.GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient();

        (await http.GetStringAsync($"{address}/.well-known/openid-configuration")).ShouldContain($"\"issuer\":\"{address}\"");
        (await issuer.StopAsync()).ShouldBe(0);
        var said = string.Join('\n', issuer.Process.RecentLines);
        said.ShouldContain("THIS ISSUER IS FOR LOCAL WORK ONLY");
        said.Split('\n').Count(line => line.StartsWith("listening on ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_issuer_on_the_same_state_or_port_says_what_is_in_its_way()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        using var other = TemporaryFolder.CreateInMemory("dev-issuer");
        await using var issuer = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });

        var sameState = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });
        var samePort = await IssuerProcess.RunAsync(new(StringComparer.Ordinal)
        {
            ["DEV_ISSUER_STATE_ROOT"] = other.Path,
            ["DEV_ISSUER_LISTEN"] = issuer.BaseAddress.GetLeftPart(UriPartial.Authority),
        });

        sameState.ExitCode.ShouldBe(78);
        sameState.Output.ShouldContain("set DEV_ISSUER_STATE_ROOT to a different folder");
        samePort.ExitCode.ShouldBe(78);
        samePort.Output.ShouldContain("set DEV_ISSUER_LISTEN to another one");
    }

    [Fact]
    public async Task Rotate_keys_works_beside_a_running_issuer()
    {
        using var folder = TemporaryFolder.CreateInMemory("dev-issuer");
        await using var issuer = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path }, "rotate-keys");

        run.ExitCode.ShouldBe(0, run.Output);
        var kid = run.Output.Split(' ')[3].TrimEnd(';');
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(issuer.BaseAddress, "/jwks"))).ShouldContain($"\"kid\":\"{kid}\"");
    }

    [Fact]
    public async Task Arguments_that_mean_nothing_are_refused()
    {
        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal), "rotate-kyes");

        run.ExitCode.ShouldBe(78);
        run.Output.ShouldContain("rotate-keys");
    }
}
