using InfraGate.DevIssuer.Tests.Fixtures;

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
        using var folder = new TemporaryFolder();

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path, [name] = value });

        run.ExitCode.ShouldBe(78);
        run.Error.ShouldContain("Production");
        run.Error.ShouldContain("ASPNETCORE_ENVIRONMENT=Development");
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
        using var folder = new TemporaryFolder();

        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path, [name] = value });

        run.ExitCode.ShouldBe(78);
        run.Error.ShouldContain("DEV_ISSUER_LISTEN");
        run.Error.ShouldContain("http://127.0.0.1:3011");
        run.Output.ShouldNotContain("listening on");
    }

    [Fact]
    public async Task It_serves_on_the_free_port_that_it_names_warns_aloud_and_stops_cleanly_when_told()
    {
        using var folder = new TemporaryFolder();
        var (issuer, address) = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal)
        {
            ["DEV_ISSUER_STATE_ROOT"] = folder.Path,
            ["Kestrel__Endpoints__Extra__Url"] = "http://0.0.0.0:0",
            ["ASPNETCORE_HTTP_PORTS"] = "0",
        });
        using (issuer)
        {
            using var http = new HttpClient();
            (await http.GetStringAsync($"{address}/.well-known/openid-configuration")).ShouldContain($"\"issuer\":\"{address}\"");
            var second = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });
            second.ExitCode.ShouldBe(78);
            second.Error.ShouldContain("DEV_ISSUER_STATE_ROOT");

            using var other = new TemporaryFolder();
            var samePort = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = other.Path, ["DEV_ISSUER_LISTEN"] = address });
            samePort.ExitCode.ShouldBe(78);
            samePort.Error.ShouldContain("set DEV_ISSUER_LISTEN to another one");

            (await issuer.StopAsync()).ShouldBe(0);
            issuer.Output.ShouldContain("THIS ISSUER IS FOR LOCAL WORK ONLY");
        }
    }

    [Fact]
    public async Task Rotate_keys_works_beside_a_running_issuer()
    {
        using var folder = new TemporaryFolder();
        var (issuer, address) = await IssuerProcess.ServeAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path });
        using (issuer)
        {
            var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal) { ["DEV_ISSUER_STATE_ROOT"] = folder.Path }, "rotate-keys");
            run.ExitCode.ShouldBe(0, run.Error);
            var kid = run.Output.Split(' ')[3].TrimEnd(';');

            using var http = new HttpClient();
            (await http.GetStringAsync($"{address}/jwks")).ShouldContain($"\"kid\":\"{kid}\"");
        }
    }

    [Fact]
    public async Task Arguments_that_mean_nothing_are_refused()
    {
        var run = await IssuerProcess.RunAsync(new(StringComparer.Ordinal), "rotate-kyes");

        run.ExitCode.ShouldBe(78);
        run.Error.ShouldContain("rotate-keys");
    }
}
