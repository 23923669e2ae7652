using System.Text.Json.Nodes;
using InfraGate.McpServer.Inspection.Diagnostics;
using InfraGate.McpServer.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Inspection.Diagnostics;

public sealed class PodDiagnosisTests
{
    [Fact]
    public async Task What_kubelet_and_containers_said_is_not_cut_in_the_middle_of_a_credential()
    {
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "web" },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "web" }) },
            ["status"] = new JsonObject
            {
                ["phase"] = "Pending",
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "False", ["message"] = LongText.WithPasswordAt(200) }),
                ["containerStatuses"] = new JsonArray(new JsonObject
                {
                    ["name"] = "web",
                    ["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "Waiting", ["message"] = LongText.WithPasswordAt(160) } },
                    ["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 1, ["message"] = LongText.WithPasswordAt(160) } },
                }),
            },
        };
        await using var server = await FakeApiServer.StartAsync(context =>
            FakeApiServer.JsonAsync(context, context.Request.Path.StartsWithSegments("/api/v1/namespaces/shop/pods", StringComparison.Ordinal) ? pod.ToJsonString() : """{ "items": [] }"""));
        using var client = ClientUnderTest.For(server.Address);

        var diagnosis = (await PodDiagnosis.ReadAsync(client.Client, "web", TimeProvider.System, CancellationToken.None)).Build(20);

        var container = diagnosis.Containers.ShouldHaveSingleItem();
        container.State.ShouldNotContain(LongText.PasswordStart);
        container.LastEnd.ShouldNotBeNull().ShouldNotContain(LongText.PasswordStart);
        diagnosis.Conditions.ShouldHaveSingleItem().ShouldNotContain(LongText.PasswordStart);
    }
}
