using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Tools;

/// <summary>Without a gateway, credentials that a workload wrote do not reach the model either.</summary>
public sealed class StandaloneRedactionTests
{
    private const string Secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    [Fact]
    public async Task Logs_and_errors_carry_no_credentials()
    {
        using var folder = TemporaryFolder.Create("redaction");
        await using var cluster = await FakeApiServer.StartAsync(context => context.Request.Path.Value!.EndsWith("/log", StringComparison.Ordinal)
            ? context.Response.WriteAsync($"pushing with token {Secret}\nGET /healthz 200\n")
            : FakeApiServer.StatusAsync(context, 422, $"Invalid value: {Secret}", "Invalid"));
        using var server = ServerUnderTest.Start(folder.Write("config", KubeconfigText.For(cluster.Address)), "shop");

        var log = await server.CallAsync("get_pod_logs", new JsonObject { ["namespace"] = "shop", ["podName"] = "web" });
        var error = await server.CallAsync("get_k8s_resource", new JsonObject { ["namespace"] = "shop", ["kind"] = "Pod", ["name"] = "web" });

        foreach (var result in new[] { log, error })
        {
            result.StructuredContent!.Value.GetRawText().ShouldNotContain(Secret);
            ServerUnderTest.Text(result).ShouldNotContain(Secret);
        }

        ServerUnderTest.Text(log).ShouldContain("GET /healthz 200");
        log.StructuredContent!.Value.GetProperty("lines").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"args":["--password","hunter2X9","--verbose"]}""")]
    [InlineData("""{"command":["web","--token"],"args":["hunter2X9","--verbose"]}""")]
    [InlineData("""{"command":["redis-server","--requirepass","hunter2X9","--verbose"]}""")]
    [InlineData("""{"command":["redis-cli","-a","hunter2X9","--verbose"]}""")]
    [InlineData("""{"command":["curl"],"args":["-u","admin:hunter2X9","--verbose"]}""")]
    [InlineData("""{"command":["mysqladmin","-phunter2X9","--verbose"]}""")]
    [InlineData("""{"readinessProbe":{"exec":{"command":["mysqladmin","-phunter2X9","--verbose"]}}}""")]
    public async Task A_command_lines_words_carry_none(string container)
    {
        using var folder = TemporaryFolder.Create("redaction");
        var spec = new JsonObject { ["containers"] = new JsonArray(JsonNode.Parse(container)) };
        spec["containers"]![0]!["name"] = "web";
        await using var cluster = await FakeApiServer.StartAsync(context => context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "web" },
            ["spec"] = context.Request.Path.Value!.Contains("/pods/", StringComparison.Ordinal)
                ? spec.DeepClone()
                : new JsonObject { ["template"] = new JsonObject { ["spec"] = spec.DeepClone() } },
            ["status"] = new JsonObject(),
        }));
        using var server = ServerUnderTest.Start(folder.Write("config", KubeconfigText.For(cluster.Address)), "shop");

        foreach (var kind in new[] { "Pod", "Deployment" })
        {
            var result = await server.CallAsync("get_k8s_resource", new JsonObject { ["namespace"] = "shop", ["kind"] = kind, ["name"] = "web" });

            foreach (var text in new[] { ServerUnderTest.Text(result), result.StructuredContent!.Value.GetRawText() })
            {
                text.ShouldNotContain("hunter2X9");
                text.ShouldContain("--verbose");
            }
        }
    }
}
