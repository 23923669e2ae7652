using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Policy;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Planning;

/// <summary>What is kept of namespaces larger than a test may fill on a real cluster.</summary>
public sealed class SurroundingsReaderTests
{
    [Fact]
    public async Task A_Pod_that_sorts_after_thousands_of_others_is_counted()
    {
        var surroundings = await ReadAsync(10_000);

        surroundings.Pods.Sum(pods => pods.Count).ShouldBe(10_000);
        Look(new DependencyRule(), surroundings).ShouldHaveSingleItem().Message.ShouldBe("It leads to 1 Pod; whoever reaches them by its name no longer will.");
        Look(new RequestRule(), surroundings).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_ten_thousand_Pods_that_are_alike_no_more_is_kept_than_of_a_few() =>
        (await ReadAsync(10_000)).Pods.Select(pods => (pods.Count, pods.Names.Count)).ShouldBe([(9_999, 5), (1, 1)]);

    [Fact]
    public async Task More_Pods_than_are_read_are_said_not_to_be_checked()
    {
        var surroundings = await ReadAsync(50_001);

        Look(new RequestRule(), surroundings).ShouldBe([new Observation("not-checked", "There are more Pod here than InfraGate reads, so nothing is said of the rest.", Target: null)]);
    }

    private static IReadOnlyList<Observation> Look(IFindingRule rule, Surroundings surroundings)
    {
        var target = new DraftTarget
        {
            Kind = ObjectKind.Service,
            Name = "last",
            Change = TargetChange.Delete,
            Uid = "1",
            Live = Workloads.Service("shop", "last", new JsonObject { ["app"] = "last" }, 8080),
            Result = null,
            Sent = null,
            Request = new PlannedRequest("DELETE", "/", "", null, null, null),
        };
        return [.. rule.Look(new PlanDraft(PlanOperation.Delete, "shop", [target], surroundings, EffectivePolicy.Default))];
    }

    /// <summary>Reads a namespace of so many Pods, the last of which alone carries the label <c>app=last</c>.</summary>
    private static async Task<Surroundings> ReadAsync(int pods)
    {
        await using var server = await FakeApiServer.StartAsync(context => AnswerAsync(context, pods));
        using var client = ClientUnderTest.For(server.Address);
        return await new SurroundingsReader(new ServedVersions(TimeProvider.System)).ReadAsync(client.Client, PlanOperation.Delete, CancellationToken.None);
    }

    private static Task AnswerAsync(HttpContext context, int pods)
    {
        if (!context.Request.Path.Value!.EndsWith("/pods", StringComparison.Ordinal))
        {
            return FakeApiServer.JsonAsync(context, """{ "items": [] }""");
        }

        var start = context.Request.Query["continue"].ToString() is { Length: > 0 } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var end = Math.Min(pods, start + int.Parse(context.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture));
        var items = Enumerable.Range(start, end - start)
            .Select(index => $$"""{ "metadata": { "name": "pod-{{index:00000}}", "labels": { "app": "{{(index == pods - 1 ? "last" : "many")}}" } } }""");
        return FakeApiServer.JsonAsync(context, $$"""{ "metadata": { "continue": "{{(end < pods ? end : "")}}" }, "items": [{{string.Join(',', items)}}] }""");
    }
}
