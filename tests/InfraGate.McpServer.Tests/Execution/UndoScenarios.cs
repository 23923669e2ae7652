using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Execution;

/// <summary>The call that an outcome names as the way back is planned and carried out; the object is then what it was.</summary>
public abstract class UndoScenarios(IClusterUnderTest cluster)
{
    /// <summary>What is done to a Deployment or Service named web.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "Deployment", "request_scale_deployment", """{"name":"web","replicas":3}""" },
        { "Deployment", "request_set_deployment_image", """{"name":"web","container":"web","image":"registry.local/web:2"}""" },
        { "Deployment", "request_delete_manifest", """{"manifest":"---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}"}""" },
        { "Service", "request_delete_manifest", """{"manifest":"---\n{apiVersion: v1, kind: Service, metadata: {name: web}}"}""" },
        { "Service", "request_apply_manifest", """{"manifest":"---\n{apiVersion: v1, kind: Service, metadata: {name: web, labels: {new: label}}, spec: {selector: {app: other}, ports: [{name: http, port: 80, targetPort: 9090}, {name: more, port: 81}]}}"}""" },
        { "Deployment", "request_apply_manifest", """{"manifest":"---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {new: label}}, spec: {replicas: 3, minReadySeconds: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, new: label}}, spec: {containers: [{name: web, image: registry.local/web:2, workingDir: /srv}]}}}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task The_way_back_leads_to_the_object_as_it_was(string kind, string tool, string arguments)
    {
        await using var bench = await StartAsync();
        var path = kind == "Service" ? KubePath.Service(bench.Namespace, "web") : KubePath.Deployment(bench.Namespace, "web");
        var before = await FingerprintAsync(path);

        var (_, answer) = await CarryOutAsync(bench, tool, Workloads.Parse(arguments));
        await cluster.Admin.WaitForAsync(path, found => (found is null) == (tool == "request_delete_manifest"));
        (await FingerprintAsync(path)).ShouldNotBe(before);
        await UndoAsync(bench, answer.GetProperty("undo")[0]);

        (await FingerprintAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task The_way_back_from_an_object_that_was_created_deletes_it()
    {
        await using var bench = await StartAsync();
        var (_, answer) = await CarryOutAsync(bench, "request_apply_manifest", Manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {mode: fast}\n"));

        await UndoAsync(bench, answer.GetProperty("undo")[0]);

        (await cluster.Admin.FindAsync(KubePath.ConfigMap(bench.Namespace, "fresh"))).ShouldBeNull();
    }

    [Fact]
    public async Task The_ways_back_from_several_objects_are_named_last_change_first()
    {
        await using var bench = await StartAsync();
        var (_, answer) = await CarryOutAsync(bench, "request_apply_manifest", Manifest(SampleManifests.Shop));

        foreach (var call in answer.GetProperty("undo").EnumerateArray())
        {
            await UndoAsync(bench, call);
        }

        answer.GetProperty("undo").EnumerateArray().Select(call => call.GetProperty("note").GetString()!.Split(',')[0]).ShouldBe(["Deletes Deployment/shop", "Deletes Service/shop", "Deletes ConfigMap/shop"]);
        (await cluster.Admin.FindAsync(KubePath.ConfigMap(bench.Namespace, "shop"))).ShouldBeNull();
        (await cluster.Admin.FindAsync(KubePath.Service(bench.Namespace, "shop"))).ShouldBeNull();
        await cluster.Admin.WaitForAsync(KubePath.Deployment(bench.Namespace, "shop"), found => found is null);
    }

    [Fact]
    public async Task Where_no_call_leads_back_it_says_why_and_names_none()
    {
        await using var bench = await StartAsync();
        await CarryOutAsync(bench, "request_apply_manifest", Manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {mode: fast}\n"));

        var (_, restart) = await CarryOutAsync(bench, "request_restart_deployment", new JsonObject { ["name"] = "web" });
        var (_, change) = await CarryOutAsync(bench, "request_apply_manifest", Manifest("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {mode: slow}\n"));

        Only(restart).ShouldBe(("request_restart_deployment", false, "A restart leaves nothing to undo."));
        Only(change).ShouldBe(("request_apply_manifest", false, "Apply ConfigMap/fresh as it was; it holds values that do not leave the cluster, so take it from where you keep it."));
    }

    [Fact]
    public async Task A_call_of_more_than_4000_characters_is_on_the_plans_page_alone_and_leads_back_as_well()
    {
        await using var bench = await StartAsync(deployment => deployment["metadata"]!["annotations"] = new JsonObject { ["example.com/story"] = string.Join(' ', Enumerable.Repeat("once upon a time", 250)) });
        var path = KubePath.Deployment(bench.Namespace, "web");
        var before = await FingerprintAsync(path);
        var change = Manifest("---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {minReadySeconds: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: registry.local/web:1}]}}}}");

        var (plan, answer) = await CarryOutAsync(bench, "request_apply_manifest", change);
        var whole = (await bench.Store.FindAsync(plan.Id))!.Outcome!.Undo.ShouldHaveSingleItem();

        Only(answer).ShouldBe(("request_apply_manifest", false, "Applies Deployment/web as it was. The whole call is on the plan's page."));
        whole.Arguments!.Length.ShouldBeGreaterThan(4000);
        await CarryOutAsync(bench, whole.Tool, Workloads.Parse(whole.Arguments));
        (await FingerprintAsync(path)).ShouldBe(before);
    }

    private async Task<ChangeBench> StartAsync(Action<JsonObject>? change = null)
    {
        var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("undo", withDemoWorkload: false));
        await cluster.Admin.ApplyAsync(Workloads.Deployment(bench.Namespace, "web", "registry.local/web:1", replicas: 1, change: change));
        await cluster.Admin.ApplyAsync(Workloads.Service(bench.Namespace, "web", new JsonObject { ["app"] = "web" }, 8080));
        return bench;
    }

    private static async Task<(Plan Plan, JsonElement Answer)> CarryOutAsync(ChangeBench bench, string tool, JsonObject arguments)
    {
        arguments["namespace"] = bench.Namespace;
        var plan = await bench.PlanAsync(tool, arguments);
        await bench.ApproveAsync(plan);
        return (plan, await bench.AppliedAsync(plan));
    }

    private static async Task UndoAsync(ChangeBench bench, JsonElement call) =>
        await CarryOutAsync(bench, call.GetProperty("tool").GetString()!, Workloads.Parse(call.GetProperty("arguments").GetString()!));

    private static (string? Tool, bool HasArguments, string? Note) Only(JsonElement answer)
    {
        var call = answer.GetProperty("undo").EnumerateArray().ShouldHaveSingleItem();
        return (call.GetProperty("tool").GetString(), call.TryGetProperty("arguments", out _), call.GetProperty("note").GetString());
    }

    private static JsonObject Manifest(string manifest) => new() { ["manifest"] = manifest };

    private async Task<string?> FingerprintAsync(string path) =>
        await cluster.Admin.FindAsync(path) is { } found ? ObjectFingerprint.Of(ObjectNoise.Remove(found)) : null;
}
