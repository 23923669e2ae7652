using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Tests.Demo;

public sealed class DemoWorkloadTests(DemoWorkloadTests.Fixture sandbox) : IClassFixture<DemoWorkloadTests.Fixture>
{
    private const string Demo = "/apis/apps/v1/namespaces/mcp-nginx-demo/deployments/nginx-demo";

    [Fact]
    public async Task The_demo_starts_broken_in_a_way_that_diagnostics_show_and_a_new_image_mends()
    {
        await sandbox.Client.WaitAsync(
            "/api/v1/namespaces/mcp-nginx-demo/pods",
            answer => answer.Text.Contains("ImagePullBackOff", StringComparison.Ordinal));
        var broken = await sandbox.Client.WaitAsync(Demo, answer => (int?)answer.Body!["status"]!["availableReplicas"] == 2);
        var events = await sandbox.Client.GetAsync("/apis/events.k8s.io/v1/namespaces/mcp-nginx-demo/events?fieldSelector=type%3DWarning");

        ((int)broken.Body!["spec"]!["replicas"]!).ShouldBe(3);
        events.Text.ShouldContain("nginx:1.27-alpinee");

        await sandbox.Client.PatchAsync(
            Demo, """{"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:1.27-alpine"}]}}}}""", ApiClient.Strategic);

        var mended = await sandbox.Client.WaitAsync(Demo, answer => (int?)answer.Body!["status"]!["availableReplicas"] == 3
            && (int?)answer.Body!["status"]!["updatedReplicas"] == 3);
        mended.Body!["status"]!["unavailableReplicas"].ShouldBeNull();
    }

    [Fact]
    public async Task Other_teams_have_namespaces_too() =>
        (await sandbox.Client.GetAsync("/api/v1/namespaces")).Body!["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!)
            .ShouldBe(["default", "kube-public", "kube-system", "mcp-nginx-demo", "payments"]);

    public sealed class Fixture : SandboxFixture
    {
        internal override SandboxOptions Options => Quick with { Empty = false };
    }
}
