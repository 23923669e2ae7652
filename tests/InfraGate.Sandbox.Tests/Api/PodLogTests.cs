using InfraGate.Sandbox.Tests.Parity;

namespace InfraGate.Sandbox.Tests.Api;

public sealed class PodLogTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("", 44)]
    [InlineData("?tailLines=5", 5)]
    [InlineData("?tailLines=0", 0)]
    [InlineData("?tailLines=100000", 44)]
    [InlineData("?container=web&tailLines=3", 3)]
    public async Task A_log_has_as_many_lines_as_are_asked_for(string query, int least)
    {
        var pod = await RunningPodAsync(Scenarios.Deployment);

        var log = await sandbox.Client.GetAsync($"{pod}/log{query}");

        log.Code.ShouldBe(200, log.Text);
        var lines = log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        // A running container logs on; only a tail is exact.
        lines.ShouldBeInRange(least, least is 44 ? least + 20 : least);
    }

    [Fact]
    public async Task A_log_is_cut_at_the_limit_and_carries_times_when_asked()
    {
        var pod = await RunningPodAsync(Scenarios.Deployment);

        (await sandbox.Client.GetAsync($"{pod}/log?limitBytes=100")).Text.Length.ShouldBe(100);
        (await sandbox.Client.GetAsync($"{pod}/log?timestamps=true&tailLines=1")).Text.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z ");
    }

    [Theory]
    [InlineData("?previous=true", 400, "previous terminated container \"web\" in pod")]
    [InlineData("?container=none", 400, "container none is not valid for pod")]
    [InlineData("?tailLines=-1", 422, "tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("?tailLines=x", 400, "invalid syntax")]
    [InlineData("?limitBytes=0", 422, "limitBytes: Invalid value: 0: must be greater than 0")]
    public async Task A_log_that_cannot_be_had_is_refused_with_the_reason(string query, int code, string reason)
    {
        var pod = await RunningPodAsync(Scenarios.Deployment);

        var refused = await sandbox.Client.GetAsync($"{pod}/log{query}");

        refused.Code.ShouldBe(code);
        refused.Message!.ShouldContain(reason);
    }

    [Fact]
    public async Task A_pod_with_several_containers_needs_one_named()
    {
        var two = Scenarios.Deployment.Replace("\"containers\":[", "\"containers\":[{\"name\":\"helper\",\"image\":\"busybox:1\"},", StringComparison.Ordinal);
        var pod = await RunningPodAsync(two);

        var refused = await sandbox.Client.GetAsync($"{pod}/log");

        refused.Code.ShouldBe(400);
        refused.Message!.ShouldEndWith("choose one of: [helper web]");
    }

    [Fact]
    public async Task A_container_that_waits_for_its_image_has_no_log()
    {
        var pod = await PodAsync(
            Scenarios.Deployment.Replace("nginx:1.27", "nginx:broken", StringComparison.Ordinal),
            status => (string?)status["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"] == "ImagePullBackOff");

        var refused = await sandbox.Client.GetAsync($"{pod}/log");

        refused.Code.ShouldBe(400);
        refused.Message!.ShouldEndWith("is waiting to start: trying and failing to pull image");
    }

    private Task<string> RunningPodAsync(string deployment) => PodAsync(deployment, status => (string?)status["phase"] == "Running");

    private async Task<string> PodAsync(string deployment, Func<System.Text.Json.Nodes.JsonNode, bool> wanted)
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        await sandbox.Client.PostAsync($"/apis/apps/v1/namespaces/{space}/deployments", deployment);
        var pods = await sandbox.Client.WaitAsync(
            $"/api/v1/namespaces/{space}/pods", answer => answer.Body!["items"]!.AsArray().Any(pod => wanted(pod!["status"]!)));
        var name = pods.Body!["items"]!.AsArray().First(pod => wanted(pod!["status"]!))!["metadata"]!["name"];
        return $"/api/v1/namespaces/{space}/pods/{name}";
    }
}
