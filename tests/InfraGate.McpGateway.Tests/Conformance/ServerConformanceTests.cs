using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using Xunit.Abstractions;

namespace InfraGate.McpGateway.Tests.Conformance;

/// <summary>
/// The server scenarios of the MCP conformance suite, for every revision. What needs the suite's own example tools, prompts or resources is listed, with
/// reasons, in a file that the suite itself reads: a regression fails, and so does an entry that has become stale.
/// </summary>
public sealed class ServerConformanceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("--requirements", "2025-11-25", "expected-failures-2025-11-25.yaml")]
    [InlineData("--requirements", "2026-07-28", "expected-failures-2026-07-28.yaml")]
    [InlineData("--spec-version", "2025-06-18", "expected-failures-2025-06-18.yaml")]
    [InlineData("--spec-version", "2025-03-26", "expected-failures-2025-03-26.yaml")]
    public async Task The_gateway_passes_what_the_revision_requires(string selection, string revision, string baseline)
    {
        var npm = await NpmTools.InstallAsync();
        await using var gateway = await GatewayUnderTest.StartAsync();
        await gateway.ReadyAsync();
        await using var proxy = await CredentialProxy.StartAsync(gateway.Url, gateway.Issuer.Token(gateway.Resource));
        var results = Directory.CreateDirectory(RepositoryFolders.InRepository("TestResults", "conformance", revision));

        await using var suite = npm.Start(
            "conformance",
            ["server", "--url", proxy.Url + "/mcp", selection, revision, "--output-dir", results.FullName, "--expected-failures",
                RepositoryFolders.InRepository("tests", "InfraGate.McpGateway.Tests", "Conformance", baseline)],
            workingDirectory: results.FullName);
        var exitCode = await suite.WaitForExitAsync(s_deadline);

        foreach (var line in suite.RecentLines)
        {
            output.WriteLine(line);
        }

        exitCode.ShouldBe(0, string.Join('\n', suite.RecentLines.TakeLast(40)));
    }
}
