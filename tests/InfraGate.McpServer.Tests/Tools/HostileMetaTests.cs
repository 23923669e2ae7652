using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Tools;

/// <summary>No schema guards <c>_meta</c>: whatever a client puts there, every answer is the tool's own or has a code.</summary>
public sealed class HostileMetaTests
{
    public static TheoryData<string> Metas =>
    [
        """{ "traceparent": "\ud800" }""",
        """{ "traceparent": "00-\udc00" }""",
        """{ "traceparent": 7 }""",
        """{ "traceparent": ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"] }""",
        """{ "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "traceparent": "again" }""",
        """{ "progressToken": "\ud800" }""",
        """{ "progressToken": {} }""",
        """{ "progressToken": 1.5 }""",
        """{ "infragate.dev/caller": { "subject": "\ud800" } }""",
        """{ "infragate.dev/caller": { "subject": "root" }, "infragate.dev/caller": "again" }""",
        """{ "": { "\ud800": "\ud800" } }""",
    ];

    [Theory]
    [MemberData(nameof(Metas))]
    public async Task Alone_the_server_answers_as_if_it_were_not_there(string meta)
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 404, "no pod web"));
        using var kubeconfig = TemporaryFolder.Create("meta");
        using var server = ServerUnderTest.Start(kubeconfig.Write("kubeconfig", KubeconfigText.For(cluster.Address)), "shop");

        var refusal = await server.RefusalAsync("get_k8s_resource", Pod(), Parse(meta));

        refusal.GetProperty("code").GetString().ShouldBe("not_found");
    }

    [Theory]
    [MemberData(nameof(Metas))]
    public async Task Behind_a_gateway_no_caller_can_be_read_out_of_it(string meta)
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 404, "no pod web"));
        using var kubeconfig = TemporaryFolder.Create("meta");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = ServerUnderTest.Start(
            kubeconfig.Write("kubeconfig", KubeconfigText.For(cluster.Address)),
            "shop",
            environment: [("INFRA_GATE_GATEWAY_PID", Environment.ProcessId.ToString()), ("INFRA_GATE_GRANT_PUBLIC_KEY", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()))]);

        var refusal = await server.RefusalAsync("get_k8s_resource", Pod(), Parse(meta));

        refusal.GetProperty("code").GetString().ShouldBe("forbidden");
        refusal.GetProperty("message").GetString().ShouldBe("The call carries no verified caller.");
        cluster.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_process_answers_every_one_of_them_and_goes_on()
    {
        await using var cluster = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 404, "no pod web"));
        using var folder = TemporaryFolder.Create("meta");
        await using var server = await StdioServer.StartAsync(
            ("KUBECONFIG", folder.Write("kubeconfig", KubeconfigText.For(cluster.Address))), ("K8S_MCP_ALLOWED_NAMESPACES", "shop"), ("K8S_MCP_APPROVAL_ROOT", folder.File("approvals")));

        foreach (var meta in Metas)
        {
            var answer = await server.RawCallAsync($$"""{"name":"get_k8s_resource","arguments":{{Pod().ToJsonString()}},"_meta":{{meta}}}""");

            answer.TryGetProperty("structuredContent", out var content).ShouldBeTrue($"{meta}: {answer}");
            content.GetProperty("error").GetProperty("code").GetString().ShouldBe("not_found", meta);
        }
    }

    /// <summary>As the protocol's reader makes it: parsed, and not looked into.</summary>
    private static JsonObject Parse(string meta) => JsonObject.Create(JsonElement.Parse(meta))!;

    private static JsonObject Pod() => new() { ["namespace"] = "shop", ["kind"] = "Pod", ["name"] = "web" };
}
