using System.Text.Json.Nodes;
using InfraGate.Sandbox.Tests.Parity;

namespace InfraGate.Sandbox.Tests.Kubectl;

/// <summary>The real kubectl works with the sandbox as with any cluster.</summary>
public sealed class KubectlTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Kubectl_applies_watches_a_rollout_reads_logs_scales_and_deletes()
    {
        var space = await sandbox.Client.NewNamespaceAsync();

        (await RunAsync(space, ["apply", "--server-side", "-f", "-"], Scenarios.Deployment)).ShouldContain("deployment.apps/web serverside-applied");
        (await RunAsync(space, ["rollout", "status", "deployment/web", "--timeout=30s"])).ShouldContain("successfully rolled out");
        (await RunAsync(space, ["get", "pods", "-o", "name"])).Trim().Split('\n').Length.ShouldBe(2);
        (await RunAsync(space, ["logs", "deployment/web", "--tail=2"])).ShouldContain("HTTP/1.1");
        (await RunAsync(space, ["scale", "deployment/web", "--replicas=3"])).ShouldContain("scaled");
        (await RunAsync(space, ["rollout", "restart", "deployment/web"])).ShouldContain("restarted");
        (await RunAsync(space, ["rollout", "status", "deployment/web", "--timeout=30s"])).ShouldContain("successfully rolled out");
        (await RunAsync(space, ["set", "image", "deployment/web", "web=nginx:1.28"])).ShouldContain("image updated");
        (await RunAsync(space, ["describe", "deployment", "web"])).ShouldContain("ScalingReplicaSet");
        (await RunAsync(space, ["delete", "deployment", "web"])).ShouldContain("deleted");
        (await RunAsync(space, ["wait", "--for=delete", "pods", "-l", "app=web", "--timeout=30s"])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Kubectl_is_told_about_a_field_conflict()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        await RunAsync(space, ["apply", "--server-side", "--field-manager=one", "-f", "-"], Scenarios.Deployment);

        var other = Scenarios.Deployment.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal);
        var refused = await KubectlRun.KubectlAsync(
            sandbox.KubeconfigPath, ["-n", space, "apply", "--server-side", "--field-manager=two", "-f", "-"], other);

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("conflict with \"one\": .spec.template.spec.containers[name=\"web\"].image");
    }

    [Fact]
    public async Task Kubectl_validates_strictly_and_client_side_apply_prunes_what_it_drops()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        var map = JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map"},"data":{"a":"1","b":"2"}}""")!;
        await RunAsync(space, ["apply", "-f", "-"], map.ToJsonString());
        map["data"]!.AsObject().Remove("b");
        await RunAsync(space, ["apply", "-f", "-"], map.ToJsonString());

        (await RunAsync(space, ["get", "configmap", "map", "-o", "jsonpath={.data}"])).ShouldBe("""{"a":"1"}""");
        map["dada"] = "x";
        (await KubectlRun.KubectlAsync(sandbox.KubeconfigPath, ["-n", space, "apply", "-f", "-"], map.ToJsonString())).Errors.ShouldContain("unknown field \"dada\"");
    }

    private async Task<string> RunAsync(string space, string[] arguments, string? input = null)
    {
        var outcome = await KubectlRun.KubectlAsync(sandbox.KubeconfigPath, ["-n", space, .. arguments], input);
        outcome.ExitCode.ShouldBe(0, outcome.All);
        return outcome.Output;
    }
}
