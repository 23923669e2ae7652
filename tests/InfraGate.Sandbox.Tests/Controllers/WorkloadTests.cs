using System.Text.Json.Nodes;
using InfraGate.Sandbox.Tests.Parity;

namespace InfraGate.Sandbox.Tests.Controllers;

/// <summary>What becomes of workloads by themselves.</summary>
public sealed class WorkloadTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private ApiClient Client => sandbox.Client;

    [Fact]
    public async Task A_deployment_rolls_out_and_its_service_gets_endpoints()
    {
        var space = await DeployAsync(Scenarios.Deployment);
        await Client.PostAsync(
            $"/api/v1/namespaces/{space}/services",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]}}""");

        var done = await Client.WaitAsync(Web(space), IsComplete);
        var endpoints = await Client.WaitAsync($"/api/v1/namespaces/{space}/endpoints/web", answer => answer.Body?["subsets"]?[0]?["addresses"]?.AsArray().Count == 2);
        await Client.WaitAsync(
            $"/apis/discovery.k8s.io/v1/namespaces/{space}/endpointslices?labelSelector=kubernetes.io/service-name%3Dweb",
            answer => answer.Body!["items"]!.AsArray().FirstOrDefault()?["endpoints"]?.AsArray().Count == 2);

        Condition(done, "Progressing").ShouldBe("True NewReplicaSetAvailable");
        Condition(done, "Available").ShouldBe("True MinimumReplicasAvailable");
        ((string?)done.Body!["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]).ShouldBe("1");
        ((int)done.Body["metadata"]!["generation"]!).ShouldBe(1);
        ((int)endpoints.Body!["subsets"]![0]!["ports"]![0]!["port"]!).ShouldBe(8080);
    }

    [Theory]
    [InlineData("nginx:broken", "ImagePullBackOff", "Failed")]
    [InlineData("nginx:does-not-exist", "ErrImagePull", "Failed")]
    [InlineData("NGINX:1", "InvalidImageName", "InspectFailed")]
    [InlineData("nginx:crash", "CrashLoopBackOff", "BackOff")]
    [InlineData("nginx:oom", "CrashLoopBackOff", "BackOff")]
    public async Task A_container_that_cannot_run_says_why(string image, string reason, string eventReason)
    {
        var space = await DeployAsync(Scenarios.Deployment.Replace("nginx:1.27", image, StringComparison.Ordinal));

        var pods = await Client.WaitAsync(
            $"/api/v1/namespaces/{space}/pods",
            answer => answer.Body!["items"]!.AsArray().Any(pod => WaitingReason(pod) == reason));
        var events = await Client.GetAsync($"/apis/events.k8s.io/v1/namespaces/{space}/events?fieldSelector=regarding.kind%3DPod,type%3DWarning");

        pods.Body!["items"]!.AsArray().ShouldAllBe(pod => (string?)pod!["status"]!["phase"] != "Succeeded");
        events.Body!["items"]!.AsArray().Select(item => (string?)item!["reason"]).ShouldContain(eventReason);
    }

    [Theory]
    [InlineData("nginx:crash", 1, "Error", "exiting with status 1")]
    [InlineData("nginx:oom", 137, "OOMKilled", "warming the cache")]
    public async Task A_crashed_container_keeps_its_last_exit_and_its_previous_log(string image, int exitCode, string reason, string logged)
    {
        var space = await DeployAsync(Scenarios.Deployment.Replace("nginx:1.27", image, StringComparison.Ordinal));
        var pods = await Client.WaitAsync(
            $"/api/v1/namespaces/{space}/pods",
            answer => answer.Body!["items"]!.AsArray().Any(pod => (int?)Status(pod)?["restartCount"] > 0 && Status(pod)!["lastState"]!["terminated"] is not null));
        var crashed = pods.Body!["items"]!.AsArray().First(pod => (int?)Status(pod)?["restartCount"] > 0)!;

        var last = Status(crashed)!["lastState"]!["terminated"]!;
        var log = await Client.GetAsync($"/api/v1/namespaces/{space}/pods/{crashed["metadata"]!["name"]}/log?previous=true");

        ((int)last["exitCode"]!).ShouldBe(exitCode);
        ((string?)last["reason"]).ShouldBe(reason);
        log.Text.ShouldContain(logged);
    }

    [Fact]
    public async Task A_bad_rollout_leaves_the_old_pods_serving_until_the_image_is_mended()
    {
        var space = await DeployAsync(Scenarios.Deployment);
        await Client.WaitAsync(Web(space), IsComplete);

        await SetImageAsync(space, "nginx:broken");
        await Client.WaitAsync(Web(space), answer => (int?)answer.Body!["status"]!["unavailableReplicas"] == 1);
        var stuck = await Client.GetAsync(Web(space));
        await SetImageAsync(space, "nginx:1.28");
        var mended = await Client.WaitAsync(Web(space), IsComplete);
        var sets = await Client.GetAsync($"/apis/apps/v1/namespaces/{space}/replicasets");

        ((int)stuck.Body!["status"]!["availableReplicas"]!).ShouldBe(2);
        ((string?)mended.Body!["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]).ShouldBe("3");
        sets.Body!["items"]!.AsArray().Count(set => (int)set!["spec"]!["replicas"]! > 0).ShouldBe(1);
        sets.Body["items"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_rollout_that_does_not_progress_exceeds_its_deadline()
    {
        var slow = Scenarios.Deployment.Replace("nginx:1.27", "nginx:unready", StringComparison.Ordinal)
            .Replace("\"replicas\":2", "\"replicas\":1,\"progressDeadlineSeconds\":1", StringComparison.Ordinal);
        var space = await DeployAsync(slow);

        var late = await Client.WaitAsync(Web(space), answer => Condition(answer, "Progressing") == "False ProgressDeadlineExceeded");

        Condition(late, "Available").ShouldBe("False MinimumReplicasUnavailable");
    }

    [Fact]
    public async Task A_pod_waits_for_its_config_map()
    {
        var mounted = JsonNode.Parse(Scenarios.Deployment)!;
        mounted["spec"]!["template"]!["spec"]!["volumes"] = JsonNode.Parse("""[{"name":"site","configMap":{"name":"site"}}]""");
        var space = await DeployAsync(mounted.ToJsonString());
        await Client.WaitAsync(
            $"/api/v1/namespaces/{space}/events?fieldSelector=reason%3DFailedMount", answer => answer.Body!["items"]!.AsArray().Count > 0);

        await Client.PostAsync($"/api/v1/namespaces/{space}/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"site"}}""");

        await Client.WaitAsync(Web(space), IsComplete);
    }

    [Fact]
    public async Task Scaling_down_and_deleting_take_pods_and_replica_sets_away()
    {
        var space = await DeployAsync(Scenarios.Deployment);
        await Client.WaitAsync(Web(space), IsComplete);

        await Client.PatchAsync(Web(space) + "/scale", """{"spec":{"replicas":0}}""");
        await Client.WaitAsync($"/api/v1/namespaces/{space}/pods", IsEmpty);
        await Client.PatchAsync(Web(space) + "/scale", """{"spec":{"replicas":3}}""");
        await Client.WaitAsync(Web(space), IsComplete);
        await Client.DeleteAsync(Web(space), """{"propagationPolicy":"Foreground"}""");

        await Client.WaitAsync(Web(space), answer => answer.Code == 404);
        (await Client.GetAsync($"/apis/apps/v1/namespaces/{space}/replicasets")).Body!["items"]!.AsArray().ShouldBeEmpty();
        await Client.WaitAsync($"/api/v1/namespaces/{space}/pods", IsEmpty);
    }

    [Fact]
    public async Task A_recreate_rollout_stops_the_old_pods_first()
    {
        var space = await DeployAsync(Scenarios.Deployment.Replace("\"replicas\":2", "\"replicas\":2,\"strategy\":{\"type\":\"Recreate\"}", StringComparison.Ordinal));
        await Client.WaitAsync(Web(space), IsComplete);

        await SetImageAsync(space, "nginx:1.28");

        await Client.WaitAsync(Web(space), answer => IsComplete(answer) && (int?)answer.Body!["status"]!["observedGeneration"] == 2);
        (await Client.GetAsync($"/api/v1/namespaces/{space}/pods")).Body!["items"]!.AsArray()
            .ShouldAllBe(pod => (string?)pod!["spec"]!["containers"]![0]!["image"] == "nginx:1.28");
    }

    [Fact]
    public async Task Orphaned_dependents_stay()
    {
        var space = await DeployAsync(Scenarios.Deployment);
        await Client.WaitAsync(Web(space), IsComplete);

        await Client.DeleteAsync(Web(space), """{"propagationPolicy":"Orphan"}""");
        await Client.WaitAsync(Web(space), answer => answer.Code == 404);

        var sets = await Client.GetAsync($"/apis/apps/v1/namespaces/{space}/replicasets");
        sets.Body!["items"]!.AsArray().ShouldHaveSingleItem()!["metadata"]!["ownerReferences"].ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_namespace_goes_with_everything_in_it()
    {
        var space = await DeployAsync(Scenarios.Deployment);
        await Client.WaitAsync(Web(space), IsComplete);

        await Client.DeleteAsync($"/api/v1/namespaces/{space}");

        await Client.WaitAsync($"/api/v1/namespaces/{space}", answer => answer.Code == 404);
        (await Client.GetAsync($"/api/v1/namespaces/{space}/pods")).Body!["items"]!.AsArray().ShouldBeEmpty();
    }

    private static string Web(string space) => $"/apis/apps/v1/namespaces/{space}/deployments/web";

    private static bool IsEmpty(ApiAnswer list) => list.Body!["items"]!.AsArray().Count == 0;

    private static bool IsComplete(ApiAnswer deployment)
    {
        var wanted = (int?)deployment.Body?["spec"]?["replicas"];
        var status = deployment.Body?["status"];
        return wanted is not null && (int?)status?["availableReplicas"] == wanted && (int?)status!["updatedReplicas"] == wanted && (int?)status["replicas"] == wanted
            && (int?)status["observedGeneration"] == (int?)deployment.Body!["metadata"]!["generation"];
    }

    private static string? Condition(ApiAnswer deployment, string type) => (deployment.Body?["status"]?["conditions"]?.AsArray() ?? [])
        .Where(condition => (string?)condition!["type"] == type)
        .Select(condition => $"{condition!["status"]} {condition["reason"]}")
        .FirstOrDefault();

    private static JsonNode? Status(JsonNode? pod) => pod?["status"]?["containerStatuses"]?[0];

    private static string? WaitingReason(JsonNode? pod) => (string?)Status(pod)?["state"]?["waiting"]?["reason"];

    private async Task<string> DeployAsync(string manifest)
    {
        var space = await Client.NewNamespaceAsync();
        var made = await Client.PostAsync($"/apis/apps/v1/namespaces/{space}/deployments", manifest);
        made.Code.ShouldBe(201, made.Text);
        return space;
    }

    private async Task SetImageAsync(string space, string image)
    {
        var patch = "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"" + image + "\"}]}}}}";
        (await Client.PatchAsync(Web(space), patch, ApiClient.Strategic)).Code.ShouldBe(200);
    }
}
