using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>How large answers about real objects may be; the same scenarios run against the sandbox and against a real control plane.</summary>
public abstract class BudgetScenarios(IClusterUnderTest cluster)
{
    private const int KiB = 1024;
    private const string Troubled = "storefront-19";

    [Fact]
    public async Task A_status_of_200_Pods_in_20_Deployments_fits_in_12_KiB_and_each_diagnosis_in_8()
    {
        var ns = await cluster.NewNamespaceAsync("budget", withDemoWorkload: false);
        foreach (var number in Enumerable.Range(0, 20))
        {
            // One Deployment of ten Pods that cannot start, since trouble is what takes room.
            var name = $"storefront-{number}";
            await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, name, $"registry.local/team/{name}:{(name == Troubled ? "does-not-exist" : "1.4.2")}", replicas: 10));
            await cluster.Admin.ApplyAsync(Workloads.Service(ns, name, new JsonObject { ["app"] = name }, "http"));
        }

        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        var status = await Eventually.GetAsync(
            () => CallAsync(server, ns, "get_k8s_status", []),
            found => Summary(found).Contains("200 Pods (190 ready)", StringComparison.Ordinal),
            TimeSpan.FromMinutes(3));

        status.StructuredContent!.Value.GetProperty("deployments").GetArrayLength().ShouldBe(20);
        status.StructuredContent!.Value.TryGetProperty("omitted", out _).ShouldBeFalse();
        Size(status).ShouldBeLessThanOrEqualTo(12 * KiB);
        var pod = await Workloads.PodOfAsync(cluster, ns, found => (string?)found["metadata"]!["labels"]!["app"] == Troubled);
        await DiagnosesFitAsync(server, ns, Troubled, pod);
    }

    [Fact]
    public async Task Diagnoses_of_a_Pod_of_60_containers_with_long_names_fit_in_8_KiB()
    {
        var ns = await cluster.NewNamespaceAsync("budget", withDemoWorkload: false);
        var image = $"registry.local/{string.Join('/', Enumerable.Repeat("a-team-with-a-long-name", 6))}/web:does-not-exist";
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "wide", image, change: deployment => deployment["spec"]!["template"]!["spec"]!["containers"] = new JsonArray([.. Enumerable.Range(0, 60)
            .Select(number => new JsonObject { ["name"] = $"container-{number}-{new string('x', 63)}"[..63], ["image"] = image })])));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "wide", new JsonObject { ["app"] = "wide" }, 8080));
        var pod = await Workloads.PodOfAsync(cluster, ns, found => found["status"]?["containerStatuses"]?.AsArray().Count == 60);

        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns);
        await DiagnosesFitAsync(server, ns, "wide", pod);
    }

    private static async Task DiagnosesFitAsync(ServerUnderTest server, string ns, string name, string pod)
    {
        foreach (var (tool, argument, value) in ((string, string, string)[])[("get_deployment_diagnostics", "name", name), ("get_service_diagnostics", "name", name), ("get_pod_diagnostics", "podName", pod)])
        {
            var result = await Eventually.GetAsync(() => CallAsync(server, ns, tool, new JsonObject { [argument] = value, ["limit"] = 100 }), HasCauses);

            Size(result).ShouldBeLessThanOrEqualTo(8 * KiB, tool);
        }
    }

    private static async Task<CallToolResult> CallAsync(ServerUnderTest server, string ns, string tool, JsonObject arguments)
    {
        arguments["namespace"] = ns;
        var result = await server.CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        return result;
    }

    private static bool HasCauses(CallToolResult result) => result.StructuredContent!.Value.TryGetProperty("causes", out var causes) && causes.GetArrayLength() > 0;

    private static string Summary(CallToolResult result) => result.StructuredContent!.Value.GetProperty("summary").GetString()!;

    /// <summary>Structured content and text together, as a client receives them.</summary>
    private static int Size(CallToolResult result) =>
        Encoding.UTF8.GetByteCount(result.StructuredContent!.Value.GetRawText()) + Encoding.UTF8.GetByteCount(ServerUnderTest.Text(result));
}
