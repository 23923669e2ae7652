using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Tests.Api;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData(20, "discovery.k8s.io", "v1beta1")]
    [InlineData(21, "discovery.k8s.io", "v1 v1beta1")]
    [InlineData(25, "discovery.k8s.io", "v1")]
    [InlineData(20, "autoscaling", "v1 v2beta2")]
    [InlineData(23, "autoscaling", "v2 v1 v2beta2")]
    [InlineData(30, "autoscaling", "v2 v1")]
    [InlineData(20, "policy", "v1beta1")]
    [InlineData(30, "policy", "v1")]
    [InlineData(20, "events.k8s.io", "v1")]
    public void The_served_versions_are_those_of_the_played_kubernetes(int minor, string group, string versions)
    {
        var discovery = new DiscoveryHandler(new ResourceCatalog(minor));

        var found = discovery.Find("/apis/" + group)!;

        string.Join(' ', found["versions"]!.AsArray().Select(version => (string)version!["version"]!)).ShouldBe(versions);
        discovery.Find($"/apis/{group}/v9").ShouldBeNull();
    }

    [Fact]
    public void Resources_name_their_kinds_subresources_and_verbs()
    {
        var apps = new DiscoveryHandler(new ResourceCatalog(30)).Find("/apis/apps/v1")!;

        apps["resources"]!.AsArray().Select(resource => $"{resource!["name"]} {resource["kind"]}").ShouldBe(
            ["deployments Deployment", "deployments/scale Scale", "deployments/status Deployment", "replicasets ReplicaSet", "replicasets/scale Scale", "replicasets/status ReplicaSet"]);
    }
}
