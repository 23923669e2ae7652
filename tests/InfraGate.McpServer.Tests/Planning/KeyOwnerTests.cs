using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Clusters;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning;

/// <summary>Who holds the key that asks is sealed with the plan, where the approval rules look for it.</summary>
[Collection(SharedSandbox.Name)]
public sealed class KeyOwnerTests(SandboxCluster cluster)
{
    [Fact]
    public async Task The_owner_of_the_key_is_sealed_and_a_key_made_anew_for_another_gets_a_plan_of_its_own()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);

        var first = await PlanAsync(bench, "alice");
        var again = await PlanAsync(bench, "alice");
        var others = await PlanAsync(bench, "bob");
        var nobodys = await PlanAsync(bench, null);

        first.Content.Requester.ShouldBe(new Requester("key:codex", "codex", "api-key", Owner: "alice"));
        again.Id.ShouldBe(first.Id);
        others.Content.Requester.Owner.ShouldBe("bob");
        nobodys.Content.Requester.Owner.ShouldBeNull();
        nobodys.IsIntact.ShouldBeTrue();
    }

    private static async Task<Plan> PlanAsync(ChangeBench bench, string? owner)
    {
        var meta = new JsonObject { ["infragate.dev/caller"] = new JsonObject { ["subject"] = "key:codex", ["name"] = "codex", ["client"] = "api-key", ["owner"] = owner } };
        var result = await bench.Server.CallAsync("request_scale_deployment", bench.In(("name", "nginx-demo"), ("replicas", 3)), meta);
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        return (await bench.Store.FindAsync(PlanId.Parse(result.StructuredContent!.Value.GetProperty("planId").GetString()!)))!;
    }
}
