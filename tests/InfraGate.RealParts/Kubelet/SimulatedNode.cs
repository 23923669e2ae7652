using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.Kubelet;

/// <summary>The one node of the test cluster: what it offers, and which Pods fit on it.</summary>
internal static class SimulatedNode
{
    public const string Name = "simulated-node";
    public const string Address = "127.0.0.1";
    private const int Cpus = 8;

    private static readonly JsonObject Labels = new() { ["kubernetes.io/hostname"] = Name, ["kubernetes.io/os"] = "linux", ["kubernetes.io/arch"] = "amd64" };

    /// <summary>Registers the node as ready, with the port at which its kubelet serves logs.</summary>
    public static async Task RegisterAsync(KubeAdminClient api, int kubeletPort, CancellationToken cancellationToken)
    {
        var now = PodStatus.Now();
        var resources = new JsonObject { ["cpu"] = $"{Cpus}", ["memory"] = "32Gi", ["pods"] = "20000" };
        await api.CreateAsync(
            "/api/v1/nodes",
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Node",
                ["metadata"] = new JsonObject { ["name"] = Name, ["labels"] = Labels.DeepClone() },
            },
            cancellationToken);
        // Admission taints every new node until its conditions are known.
        await api.MergeAsync($"/api/v1/nodes/{Name}", new JsonObject { ["spec"] = new JsonObject { ["taints"] = null } }, cancellationToken);
        await api.MergeAsync(
            $"/api/v1/nodes/{Name}/status",
            new JsonObject
            {
                ["status"] = new JsonObject
                {
                    ["capacity"] = resources,
                    ["allocatable"] = resources.DeepClone(),
                    ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = Address }),
                    ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = kubeletPort } },
                    ["conditions"] = new JsonArray(new JsonObject
                    {
                        ["type"] = "Ready",
                        ["status"] = "True",
                        ["reason"] = "KubeletReady",
                        ["message"] = "kubelet is posting ready status",
                        ["lastHeartbeatTime"] = now,
                        ["lastTransitionTime"] = now,
                    }),
                },
            },
            cancellationToken);
    }

    /// <summary>Why a Pod cannot run here, in the scheduler's words; null when it can.</summary>
    public static string? WhyNot(JsonObject pod, PodScript script)
    {
        if (script.IsUnschedulable || RequestedCpus(pod) > Cpus)
            return "0/1 nodes are available: 1 Insufficient cpu.";
        var selector = pod["spec"]!["nodeSelector"]?.AsObject();
        if (selector?.Any(wanted => (string?)Labels[wanted.Key] != (string?)wanted.Value) == true)
            return "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity.";
        return null;
    }

    private static decimal RequestedCpus(JsonObject pod) =>
        pod["spec"]!["containers"]!.AsArray().Sum(container => Cores((string?)container!["resources"]?["requests"]?["cpu"] ?? "0"));

    private static decimal Cores(string quantity) => quantity.EndsWith('m')
        ? decimal.Parse(quantity[..^1], CultureInfo.InvariantCulture) / 1000
        : decimal.Parse(quantity, CultureInfo.InvariantCulture);
}
