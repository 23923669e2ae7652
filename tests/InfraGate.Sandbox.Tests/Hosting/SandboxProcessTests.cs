using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.Sandbox.Tests.Kubectl;

namespace InfraGate.Sandbox.Tests.Hosting;

public sealed class SandboxProcessTests
{
    [Fact]
    public async Task The_program_says_where_it_listens_and_writes_a_private_kubeconfig_that_works()
    {
        using var folder = TemporaryFolder.Create("sandbox-process");
        var kubeconfig = folder.File("kubeconfig");
        await using var process = await ProductProcess.StartAsync(
            "InfraGate.Sandbox", new Dictionary<string, string?>(), ["--port", "0", "--kubeconfig", kubeconfig]);

        PrivateFile.Check(kubeconfig);
        var read = Kubeconfig.Read(kubeconfig);
        read.Namespace.ShouldBe("mcp-nginx-demo");
        using var client = new ApiClient(new HttpClient { BaseAddress = read.Server }, read.Token);
        (await client.GetAsync("/api/v1/namespaces/mcp-nginx-demo")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task The_program_refuses_any_address_but_loopback()
    {
        using var folder = TemporaryFolder.Create("sandbox-process");

        var outcome = await KubectlRun.RunAsync(
            "dotnet", folder.File("none"), [typeof(InfraGate.Sandbox.Hosting.SandboxOptions).Assembly.Location, "--address", "0.0.0.0"]);

        outcome.ExitCode.ShouldBe(78);
        outcome.Errors.ShouldContain("loopback only");
    }
}
