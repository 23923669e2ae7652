using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;

namespace InfraGate.RealParts.Tests.Kubelet;

[Collection(SharedControlPlane.Name)]
public sealed class KubeletSimulatorTests(ControlPlaneCluster cluster)
{
    private async Task<JsonObject> PodAsync(string scenario, Func<JsonObject, bool> condition, params (string Key, string Value)[] annotations)
    {
        var pod = DemoManifests.Parse(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: subject, annotations: {}}
            spec: {containers: [{name: app, image: "example.test/app:1.0"}]}
            """).ShouldHaveSingleItem();
        foreach (var (key, value) in annotations)
            pod["metadata"]!["annotations"]![$"simulator.infragate.dev/{key}"] = value;
        await cluster.Admin.CreateAsync(KubePath.Pods(scenario), pod);
        var found = await cluster.Admin.WaitForAsync(KubePath.Pod(scenario, "subject"), pod => pod is not null && condition(pod));
        return found!;
    }

    private static JsonNode? Container(JsonObject pod) => pod["status"]?["containerStatuses"]?[0];

    private static bool IsReady(JsonObject pod) => (bool?)Container(pod)?["ready"] == true;

    private async Task<IReadOnlyList<string>> EventReasonsAsync(string scenario) =>
        [.. (await cluster.Admin.ListAsync(KubePath.Events(scenario))).Select(item => (string)item["reason"]!)];

    [Fact]
    public async Task Logs_are_readable_through_the_api_server()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await PodAsync(scenario, IsReady);
        cluster.Kubelet.Logs.Set(scenario, "subject", "app", ["one", "two", "three"]);

        var tail = await cluster.Admin.GetTextAsync($"{KubePath.PodLog(scenario, "subject")}?tailLines=2");
        var bounded = await cluster.Admin.GetTextAsync($"{KubePath.PodLog(scenario, "subject")}?limitBytes=5");
        var stamped = await cluster.Admin.GetTextAsync($"{KubePath.PodLog(scenario, "subject")}?timestamps=true&tailLines=1");

        tail.ShouldBe("two\nthree\n");
        bounded.ShouldBe("one\nt");
        stamped.ShouldBe("2026-01-01T00:00:03.0000000Z three\n");
    }

    [Fact]
    public async Task The_log_of_the_previous_container_exists_only_after_a_restart()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await PodAsync(scenario, IsReady);

        var refusal = await Should.ThrowAsync<KubeApiException>(() => cluster.Admin.GetTextAsync($"{KubePath.PodLog(scenario, "subject")}?previous=true"));

        refusal.Message.ShouldContain("previous terminated container");
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_ends_in_ImagePullBackOff_with_events()
    {
        var scenario = await cluster.NewNamespaceAsync();
        var broken = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject
                {
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "nginx", ["image"] = "nginx:does-not-exist" }) },
                },
            },
        };

        await cluster.Admin.StrategicMergeAsync(KubePath.Deployment(scenario, "nginx-demo"), broken);

        await Waiting.Eventually.GetAsync(
            () => cluster.Admin.ListAsync(KubePath.Pods(scenario)),
            pods => pods.Any(pod => (string?)Container(pod)?["state"]?["waiting"]?["reason"] == "ImagePullBackOff"));
        await Waiting.Eventually.GetAsync(() => EventReasonsAsync(scenario), reasons => reasons.Contains("BackOff"));
    }

    [Theory]
    [InlineData("crash-loop-back-off", "CrashLoopBackOff", 1, "BackOff")]
    [InlineData("oom-killed", "CrashLoopBackOff", 137, "BackOff")]
    [InlineData("liveness-fails", null, 137, "Unhealthy")]
    public async Task A_failing_container_shows_why(string behaviour, string? waitingReason, int exitCode, string eventReason)
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);

        // The restarts are counted from the first report on, in which the container is still being created.
        var pod = await PodAsync(
            scenario,
            pod => (int?)Container(pod)?["restartCount"] == 4 && (string?)Container(pod)!["state"]?["waiting"]?["reason"] == waitingReason,
            ("behaviour", behaviour),
            ("restarts", "4"));

        ((int?)Container(pod)!["lastState"]!["terminated"]!["exitCode"]).ShouldBe(exitCode);
        await Waiting.Eventually.GetAsync(() => EventReasonsAsync(scenario), reasons => reasons.Contains(eventReason));
        (await cluster.Admin.GetTextAsync($"{KubePath.PodLog(scenario, "subject")}?previous=true&tailLines=1")).ShouldContain("(previous)");
    }

    [Fact]
    public async Task A_container_ended_by_a_signal_shows_the_signal()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);

        var pod = await PodAsync(scenario, pod => Container(pod)?["lastState"]?["terminated"] is not null, ("behaviour", "crash-loop-back-off"), ("signal", "11"));

        var ended = Container(pod)!["lastState"]!["terminated"]!;
        ((int?)ended["signal"], (int?)ended["exitCode"]).ShouldBe((11, 139));
    }

    [Fact]
    public async Task A_failing_readiness_probe_leaves_the_pod_running_and_unready()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);

        var pod = await PodAsync(scenario, pod => (string?)pod["status"]?["phase"] == "Running", ("behaviour", "readiness-fails"));

        IsReady(pod).ShouldBeFalse();
        await Waiting.Eventually.GetAsync(() => EventReasonsAsync(scenario), reasons => reasons.Contains("Unhealthy"));
    }

    [Fact]
    public async Task A_pod_that_asks_for_too_much_is_not_scheduled()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);

        var pod = await PodAsync(scenario, pod => pod["status"]?["conditions"] is JsonArray { Count: > 0 }, ("behaviour", "unschedulable"));

        ((string?)pod["status"]!["conditions"]![0]!["reason"]).ShouldBe("Unschedulable");
        await Waiting.Eventually.GetAsync(() => EventReasonsAsync(scenario), reasons => reasons.Contains("FailedScheduling"));
    }

    [Fact]
    public async Task A_deleted_pod_goes_and_one_that_is_stuck_stays()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await PodAsync(scenario, IsReady);
        await cluster.Admin.DeleteAsync(KubePath.Pod(scenario, "subject"));
        await cluster.Admin.WaitForAsync(KubePath.Pod(scenario, "subject"), found => found is null);

        await PodAsync(scenario, IsReady, ("behaviour", "stuck-terminating"));
        await cluster.Admin.DeleteAsync(KubePath.Pod(scenario, "subject"));

        var stuck = await cluster.Admin.GetAsync(KubePath.Pod(scenario, "subject"));
        stuck["metadata"]!["deletionTimestamp"].ShouldNotBeNull();
    }
}
