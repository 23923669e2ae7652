using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using Xunit.Abstractions;

namespace InfraGate.RealParts.Tests.ControlPlane;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneClusterTests(ControlPlaneCluster cluster, ITestOutputHelper output)
{
    private static JsonObject ScaledTo(int replicas) => new() { ["spec"] = new JsonObject { ["replicas"] = replicas } };

    [Fact]
    public async Task It_is_a_real_api_server()
    {
        output.WriteLine($"started in {cluster.StartTime.TotalSeconds:0.0} s");

        var version = await cluster.Admin.GetAsync("/version");

        ((string?)version["gitVersion"]).ShouldBe("v1.20.2");
    }

    [Fact]
    public async Task The_demo_deployment_rolls_out_to_ready_pods_behind_its_service()
    {
        var scenario = await cluster.NewNamespaceAsync();

        await cluster.Admin.WaitForAsync(KubePath.Deployment(scenario, "nginx-demo"), found => (int?)found?["status"]?["readyReplicas"] == 2);

        var pods = await cluster.Admin.ListAsync(KubePath.Pods(scenario));
        pods.Select(pod => (string?)pod["status"]!["phase"]).ShouldBe(["Running", "Running"]);
        await cluster.Admin.WaitForAsync(
            $"{KubePath.Core(scenario, "endpoints")}/nginx-demo", found => found?["subsets"]?[0]?["addresses"]?.AsArray().Count == 2);
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
        write.Verb.ShouldBe("patch");
        write.Path.ShouldBe(deployment);
        write.User.ShouldBe("system:serviceaccount:mcp-nginx-demo:infragate");
    }

    [Fact]
    public async Task A_write_that_is_refused_has_still_reached_the_api_server()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);
        var secret = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "stolen" } };

        var refusal = await Should.ThrowAsync<KubeApiException>(() => infragate.CreateAsync(KubePath.Core(scenario, "secrets"), secret));

        refusal.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ((IClusterUnderTest)cluster).CountWritesAsync(scenario)).ShouldBe(1);
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("serviceaccounts")]
    [InlineData("persistentvolumeclaims")]
    public async Task Infragates_service_account_cannot_read_what_the_tools_do_not_need(string plural)
    {
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);

        var refusal = await Should.ThrowAsync<KubeApiException>(() => infragate.ListAsync(KubePath.Core(IClusterUnderTest.DemoNamespace, plural)));

        refusal.Reason.ShouldBe("Forbidden");
    }

    [Fact]
    public async Task A_token_user_is_who_the_token_file_says()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        using var stranger = KubeAdminClient.As(cluster.WriteKubeconfigFor(TokenUser.Stranger, scenario));

        var refusal = await Should.ThrowAsync<KubeApiException>(() => stranger.ListAsync(KubePath.Pods(scenario)));

        refusal.Message.ShouldContain("User \\\"stranger\\\" cannot list");
    }

    [Fact]
    public async Task Resource_quotas_are_enforced()
    {
        var scenario = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        var quota = DemoManifests.Parse(
            $"""
            apiVersion: v1
            kind: ResourceQuota
            metadata: {"{"}name: none, namespace: {scenario}{"}"}
            spec: {"{"}hard: {"{"}configmaps: "1"{"}"}{"}"}
            """).ShouldHaveSingleItem();
        await cluster.Admin.CreateAsync(KubePath.CollectionOf(quota), quota);
        await cluster.Admin.WaitForAsync(KubePath.Of(quota), found => (string?)found?["status"]?["used"]?["configmaps"] is not null);

        // The namespace already holds one: the cluster's own kube-root-ca.crt.
        var extra = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "extra" } };
        var refusal = await Should.ThrowAsync<KubeApiException>(() => cluster.Admin.CreateAsync(KubePath.Core(scenario, "configmaps"), extra));

        refusal.Message.ShouldContain("exceeded quota");
    }
}
