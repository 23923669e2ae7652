using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using InfraGate.RealParts.Processes;

namespace InfraGate.Quickstart.Tests;

public sealed partial class QuickstartTests
{
    private const int MostResidentMebibytes = 250;

    [Fact]
    public async Task The_walkthrough_lives_the_whole_story_and_says_how_long_it_took_to_be_ready_and_how_much_memory_it_took()
    {
        await using var run = QuickstartRun.StartOnFreePorts("--walkthrough");

        (await run.WaitForExitAsync()).ShouldBe(0, run.Output);

        run.Output.ShouldContain("Nothing has changed in the cluster");
        run.Output.ShouldContain("the plan is carried out");
        run.Output.ShouldContain("The audit trail is whole");
        var summary = Summary().Match(run.Output);
        summary.Success.ShouldBeTrue(run.Output);
        double.Parse(summary.Groups["seconds"].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        int.Parse(summary.Groups["mebibytes"].Value, CultureInfo.InvariantCulture).ShouldBeInRange(1, MostResidentMebibytes);
        await run.NothingShouldBeLeftAsync();
    }

    [Fact]
    public async Task Ctrl_C_stops_everything_and_leaves_no_process_and_no_folder_behind()
    {
        await using var run = QuickstartRun.StartOnFreePorts();
        await run.WaitForLineAsync("Ctrl-C here stops everything");
        var endpoint = new Uri((await run.WaitForLineAsync("MCP endpoint")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        run.Output.ShouldContain($"codex mcp add infra-gate --url {endpoint}");
        run.Output.ShouldContain("codex mcp login infra-gate");
        run.Output.ShouldContain($"claude mcp add --transport http infra-gate {endpoint}");
        run.Output.ShouldContain("alice / alice-local-only");

        run.Process.SendToGroup(Signal.Interrupt);

        (await run.WaitForExitAsync()).ShouldBe(0, run.Output);
        await run.NothingShouldBeLeftAsync();
        using var http = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(endpoint));
    }

    [Fact]
    public async Task Being_told_to_end_while_it_starts_leaves_nothing_behind_either()
    {
        await using var run = QuickstartRun.StartOnFreePorts();
        await run.WaitForLineAsync("Starting issuer");

        run.Process.Send(Signal.Terminate);

        (await run.WaitForExitAsync()).ShouldBe(130, run.Output);
        await run.NothingShouldBeLeftAsync();
    }

    [Theory]
    [InlineData("--gateway-port", "--issuer-port", "the gateway")]
    [InlineData("--issuer-port", "--gateway-port", "the dev issuer")]
    public async Task A_taken_port_is_named_with_the_process_that_holds_it(string taken, string free, string purpose)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var run = QuickstartRun.Start(taken, $"{port}", free, "0");

        (await run.WaitForExitAsync()).ShouldBe(1, run.Output);

        run.Output.ShouldContain($"Port {port}, which {purpose} needs, is taken by process {Environment.ProcessId} (");
        await run.NothingShouldBeLeftAsync();
    }

    [Theory]
    [InlineData("--walk", "'--walk' is not an option")]
    [InlineData("--gateway-port", "A port is a number from 0 to 65535")]
    public async Task An_option_that_is_not_understood_is_refused_in_a_sentence(string option, string said)
    {
        await using var run = QuickstartRun.Start(option);

        (await run.WaitForExitAsync()).ShouldBe(1, run.Output);

        run.Output.ShouldContain(said);
    }

    [GeneratedRegex(@"Ready after (?<seconds>[0-9.]+) s; gateway and server use (?<mebibytes>[0-9]+) MiB", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Summary();
}
