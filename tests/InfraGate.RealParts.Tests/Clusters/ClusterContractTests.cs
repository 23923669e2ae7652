using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.RealParts.Tests.Clusters;

/// <summary>What every cluster under test promises; a difference between the two is a bug of the sandbox.</summary>
public abstract class ClusterContractTests(IClusterUnderTest cluster)
{
    private static JsonObject ScaledTo(int replicas) => new() { ["spec"] = new JsonObject { ["replicas"] = replicas } };

    private static JsonObject WithImage(string image) =>
        DemoManifests.Parse($"spec: {{template: {{spec: {{containers: [{{name: nginx, image: '{image}'}}]}}}}}}")[0];

    private async Task<string> NewRolledOutNamespaceAsync()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await cluster.Admin.WaitForAsync(KubePath.Deployment(scenario, "nginx-demo"), found => (int?)found?["status"]?["readyReplicas"] == 2);
        return scenario;
    }

    [Fact]
    public async Task The_demo_deployment_rolls_out_to_ready_pods_behind_its_service()
    {
        var scenario = await NewRolledOutNamespaceAsync();

        var pods = await cluster.Admin.ListAsync(KubePath.Pods(scenario));

        pods.Select(pod => (string?)pod["status"]!["phase"]).ShouldBe(["Running", "Running"]);
        await cluster.Admin.WaitForAsync(
            $"{KubePath.Core(scenario, "endpoints")}/nginx-demo", found => found?["subsets"]?[0]?["addresses"]?.AsArray().Count == 2);
    }

    [Fact]
    public async Task Logs_are_readable_with_infragates_rights()
    {
        var scenario = await NewRolledOutNamespaceAsync();
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);
        var pod = (string)(await infragate.ListAsync(KubePath.Pods(scenario)))[0]["metadata"]!["name"]!;

        var log = await infragate.GetTextAsync($"{KubePath.PodLog(scenario, pod)}?tailLines=2");

        log.TrimEnd('\n').Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Writes_of_infragate_are_counted_and_those_of_the_tests_and_of_dry_runs_are_not()
    {
        var scenario = await cluster.NewNamespaceAsync();
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);
        var deployment = KubePath.Deployment(scenario, "nginx-demo");

        await infragate.GetAsync(deployment);
        await infragate.MergeAsync($"{deployment}?dryRun=All", ScaledTo(1));
        (await cluster.ListWritesAsync(scenario)).ShouldBeEmpty();

        await infragate.MergeAsync(deployment, ScaledTo(1));
        var write = (await cluster.ListWritesAsync(scenario)).ShouldHaveSingleItem();
        (write.Verb, write.Path, write.Namespace).ShouldBe(("patch", deployment, scenario));
    }

    [Fact]
    public async Task A_write_that_is_refused_has_still_reached_the_cluster()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);
        var secret = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "stolen" } };

        var refusal = await Should.ThrowAsync<KubeApiException>(() => infragate.CreateAsync(KubePath.Core(scenario, "secrets"), secret));

        refusal.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await cluster.CountWritesAsync(scenario)).ShouldBe(1);
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("serviceaccounts")]
    public async Task Infragates_service_account_cannot_read_what_the_tools_do_not_need(string plural)
    {
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);

        var refusal = await Should.ThrowAsync<KubeApiException>(() => infragate.ListAsync(KubePath.Core(IClusterUnderTest.DemoNamespace, plural)));

        refusal.Reason.ShouldBe("Forbidden");
    }

    [Theory]
    [InlineData("example.test/app:does-not-exist", "ImagePullBackOff")]
    [InlineData("example.test/app:crash", "CrashLoopBackOff")]
    [InlineData("example.test/app:oom", "CrashLoopBackOff")]
    public async Task An_image_that_fails_shows_how_and_events_tell_it(string image, string reason)
    {
        var scenario = await NewRolledOutNamespaceAsync();

        await cluster.Admin.StrategicMergeAsync(KubePath.Deployment(scenario, "nginx-demo"), WithImage(image));

        await Eventually.GetAsync(
            () => cluster.Admin.ListAsync(KubePath.Pods(scenario)),
            pods => pods.Any(pod => (string?)pod["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"] == reason));
        await Eventually.GetAsync(
            () => cluster.Admin.ListAsync(KubePath.Events(scenario)), events => events.Any(item => (string?)item["reason"] == "BackOff"));
    }
}
