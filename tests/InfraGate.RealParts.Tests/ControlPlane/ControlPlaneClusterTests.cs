using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using Xunit.Abstractions;

namespace InfraGate.RealParts.Tests.ControlPlane;

[Collection(SharedControlPlane.Name)]
public sealed class ControlPlaneClusterTests(ControlPlaneCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task It_is_a_real_api_server()
    {
        output.WriteLine($"started in {cluster.StartTime.TotalSeconds:0.0} s");

        var version = await cluster.Admin.GetAsync("/version");

        ((string?)version["gitVersion"]).ShouldBe("v1.20.2");
    }

    [Fact]
    public async Task Writes_are_recorded_with_the_user_who_sent_them()
    {
        var scenario = await cluster.NewNamespaceAsync();
        using var infragate = KubeAdminClient.As(cluster.KubeconfigPath);

        await infragate.DeleteAsync(KubePath.ConfigMap(scenario, "nginx-demo"));

        var write = (await cluster.ListWritesAsync(scenario)).ShouldHaveSingleItem();
        (write.Verb, write.User).ShouldBe(("delete", "system:serviceaccount:mcp-nginx-demo:infragate"));
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
