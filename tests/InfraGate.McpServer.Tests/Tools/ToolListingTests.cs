using System.Text;
using System.Text.Json;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Tools;

public sealed class ToolListingTests : IDisposable
{
    private const int Budget = 20 * 1024;
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("listing");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_eight_reading_tools_are_listed_and_say_that_they_only_read()
    {
        using var server = Start();

        var reading = server.Listing.Tools.Where(tool => tool.Annotations!.ReadOnlyHint == true).ToList();

        reading.Select(tool => tool.Name).ShouldBe(
        [
            "get_allowed_namespaces", "get_k8s_status", "get_k8s_events", "get_pod_logs",
            "get_k8s_resource", "get_deployment_diagnostics", "get_pod_diagnostics", "get_service_diagnostics",
        ]);
        reading.ShouldAllBe(tool => tool.Annotations!.DestructiveHint == false && tool.Annotations.OpenWorldHint == false);
    }

    [Fact]
    public void Every_tool_has_title_description_and_closed_schemas()
    {
        using var server = Start();

        foreach (var tool in server.Listing.Tools)
        {
            tool.Title.ShouldNotBeNullOrWhiteSpace(tool.Name);
            tool.Description.ShouldNotBeNullOrWhiteSpace(tool.Name);
            tool.InputSchema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse(tool.Name);
            tool.OutputSchema!.Value.GetProperty("properties").TryGetProperty("error", out _).ShouldBeTrue(tool.Name);
        }
    }

    [Fact]
    public void The_list_fits_in_its_budget()
    {
        using var server = Start();

        var bytes = JsonSerializer.SerializeToUtf8Bytes(server.Listing, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ListToolsResult)));

        // The whole list of fourteen may take 20 KiB; while some are missing, the others may take their share.
        bytes.Length.ShouldBeLessThanOrEqualTo(Budget * server.Listing.Tools.Count / 14, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Only_with_several_clusters_do_tools_take_a_cluster()
    {
        using var one = Start();
        using var several = Start(("K8S_MCP_CONTEXTS", "test=shop,web"));

        TakesCluster(one).ShouldBeEmpty();
        TakesCluster(several).ShouldBe(several.Listing.Tools.Where(tool => tool.InputSchema.GetProperty("properties").TryGetProperty("namespace", out _)).Select(tool => tool.Name));
    }

    private ServerUnderTest Start(params (string Name, string Value)[] environment) =>
        ServerUnderTest.Start(_folder.Write("config", KubeconfigText.For(new Uri("http://127.0.0.1:1"))), "shop", time: null, environment);

    private static IEnumerable<string> TakesCluster(ServerUnderTest server) =>
        server.Listing.Tools.Where(tool => tool.InputSchema.GetProperty("properties").TryGetProperty("cluster", out _)).Select(tool => tool.Name);
}
