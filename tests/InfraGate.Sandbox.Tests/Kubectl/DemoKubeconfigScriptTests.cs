using InfraGate.RealParts.Files;
using InfraGate.Sandbox.Tests.Parity;

namespace InfraGate.Sandbox.Tests.Kubectl;

/// <summary>scripts/create-demo-kubeconfig.sh on a sandbox and on a real API server: the same rights come out.</summary>
[Collection(SharedServers.Name)]
public sealed class DemoKubeconfigScriptTests(ParityFixture servers, SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly string Script = RepositoryFolders.InRepository("scripts", "create-demo-kubeconfig.sh");

    public static TheoryData<string, string, bool> Rights => new()
    {
        { "list", "deployments.apps", true },
        { "get", "pods/log", true },
        { "list", "events.events.k8s.io", true },
        { "list", "endpointslices.discovery.k8s.io", true },
        { "list", "horizontalpodautoscalers.autoscaling", true },
        { "patch", "deployments.apps", true },
        { "create", "configmaps", true },
        { "delete", "services", true },
        { "get", "secrets", false },
        { "list", "secrets", false },
        { "create", "pods/exec", false },
        { "create", "pods", false },
        { "delete", "pods", false },
        { "create", "serviceaccounts/token", false },
        { "patch", "roles.rbac.authorization.k8s.io", false },
        { "deletecollection", "deployments.apps", false },
    };

    [Theory]
    [InlineData("sandbox")]
    [InlineData("real")]
    public async Task The_script_writes_a_private_kubeconfig_whose_account_may_do_exactly_what_the_tools_need(string cluster)
    {
        var administrator = cluster == "real" ? servers.RealKubeconfigPath : sandbox.KubeconfigPath;
        var file = sandbox.Folder.File($"{cluster}.config");

        var outcome = await KubectlRun.RunAsync("bash", administrator, [Script, file]);

        outcome.ExitCode.ShouldBe(0, outcome.All);
        outcome.All.ShouldNotContain("token: ");
        PrivateFile.Check(file);
        (await KubectlRun.KubectlAsync(file, ["get", "deployments", "-o", "name"])).Output.Trim().ShouldBe("deployment.apps/nginx-demo");
        foreach (var row in Rights)
        {
            var (verb, resource, allowed) = ((string)row[0], (string)row[1], (bool)row[2]);
            var answer = await KubectlRun.KubectlAsync(file, ["auth", "can-i", verb, resource.Split('/')[0], .. Subresource(resource)]);
            answer.Output.Trim().ShouldBe(allowed ? "yes" : "no", $"{verb} {resource} {answer.Errors}");
        }

        (await KubectlRun.KubectlAsync(file, ["get", "secrets"])).Errors.ShouldContain("Forbidden");
        (await KubectlRun.KubectlAsync(file, ["get", "pods", "-n", "kube-system"])).Errors.ShouldContain("Forbidden");
    }

    [Fact]
    public async Task The_script_refuses_a_token_that_would_live_too_short()
    {
        var outcome = await KubectlRun.RunAsync("env", sandbox.KubeconfigPath, ["INFRA_GATE_DEMO_TOKEN_SECONDS=10", "bash", Script, sandbox.Folder.File("never")]);

        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldContain("at least 600");
        File.Exists(sandbox.Folder.File("never")).ShouldBeFalse();
    }

    private static string[] Subresource(string resource) => resource.Split('/') is [_, var sub] ? [$"--subresource={sub}"] : [];
}
