using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Clusters;

/// <summary>Puts the shipped objects of <c>.kube/</c> into a cluster, and asks the cluster for InfraGate's token.</summary>
internal sealed class DemoSetUp(KubeAdminClient admin)
{
    private readonly DemoManifests _manifests = DemoManifests.Load();

    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}";

    public Task CreateNamespaceAsync(string name, CancellationToken cancellationToken = default)
    {
        var manifest = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
        return admin.ApplyAsync(manifest, cancellationToken: cancellationToken);
    }

    /// <summary>InfraGate's service account, in the demo namespace.</summary>
    public Task ApplyServiceAccountAsync() => admin.ApplyAsync(_manifests.All.Single(item => (string)item["kind"]! == "ServiceAccount"));

    /// <summary>What InfraGate's service account may do in a namespace.</summary>
    public async Task ApplyRightsAsync(string @namespace, CancellationToken cancellationToken = default)
    {
        foreach (var right in _manifests.RightsFor(@namespace))
            await admin.ApplyAsync(right, cancellationToken: cancellationToken);
    }

    public async Task ApplyWorkloadAsync(string @namespace, CancellationToken cancellationToken = default)
    {
        foreach (var manifest in _manifests.WorkloadFor(@namespace))
            await admin.ApplyAsync(manifest, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Waits until the demo Deployment runs and its controllers have nothing left to write: a status that still moves makes a write's precondition fail, and the
    /// write that follows from it is one more to count.
    /// </summary>
    public async Task WaitUntilAtRestAsync(string @namespace, CancellationToken cancellationToken)
    {
        var deployment = _manifests.WorkloadFor(@namespace).Single(item => (string)item["kind"]! == "Deployment");
        await admin.WaitForAsync(KubePath.Of(deployment), IsAtRest, cancellationToken: cancellationToken);
    }

    private static bool IsAtRest(JsonNode? deployment) =>
        deployment?["status"] is { } status
        && (long?)status["observedGeneration"] == (long?)deployment["metadata"]!["generation"]
        && (int?)status["availableReplicas"] == (int?)deployment["spec"]!["replicas"];

    /// <summary>A new token of InfraGate's service account (TokenRequest).</summary>
    public async Task<string> RequestTokenAsync(TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        var path = $"{KubePath.Core(IClusterUnderTest.DemoNamespace, "serviceaccounts")}/{_manifests.ServiceAccount}/token";
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)lifetime.TotalSeconds },
        };
        var answer = await admin.CreateAsync(path, request, cancellationToken);
        return (string)answer["status"]!["token"]!;
    }
}
