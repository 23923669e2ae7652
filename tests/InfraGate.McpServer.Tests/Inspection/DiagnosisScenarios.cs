using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>Every diagnosis on real objects; the same scenarios run against the sandbox and against a real control plane.</summary>
public abstract class DiagnosisScenarios(IClusterUnderTest cluster)
{
    public static TheoryData<string> Names => [.. DiagnosisTable.Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cause_is_named_with_its_evidence_and_what_to_do_next(string name)
    {
        var expected = DiagnosisTable.Cases[name];
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        var arguments = await expected.ArrangeAsync(cluster, ns);
        try
        {
            var answer = await UntilAsync(ns, expected.Tool, arguments, found => IsAsExpected(found, expected), new LaterTime(expected.Later));

            Text(Cause(answer, expected)!.Value, "severity").ShouldBe(expected.Severity);
            Text(Cause(answer, expected)!.Value, "next").ShouldContain(expected.Next);
            if (expected.Health is { } health)
            {
                Text(answer.GetProperty("verdict"), "health").ShouldBe(health);
            }
        }
        finally
        {
            await expected.CleanUpAsync(cluster, ns);
        }
    }

    [Fact]
    public async Task A_healthy_deployment_has_a_verdict_and_no_cause()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 2));

        var answer = await UntilAsync(ns, "get_deployment_diagnostics", Named("web"), found => Text(found.GetProperty("verdict"), "health") == "healthy");

        answer.TryGetProperty("causes", out _).ShouldBeFalse();
        answer.GetProperty("pods").GetArrayLength().ShouldBe(2);
        answer.GetProperty("rollout").GetProperty("ready").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_deployment_gets_its_Pods_once_the_quota_lets_it()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Quota(ns, "1"));
        await cluster.Admin.WaitForAsync($"{KubePath.Core(ns, "resourcequotas")}/pods", quota => (string?)quota?["status"]?["used"]?["pods"] == "0");
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 2));
        await UntilAsync(ns, "get_deployment_diagnostics", Named("web"), found => HasCause(found, "quota_refused"));
        await cluster.Admin.WaitForAsync($"{KubePath.Core(ns, "resourcequotas")}/pods", quota => (string?)quota?["status"]?["used"]?["pods"] == "1");

        await cluster.Admin.ApplyAsync(Quota(ns, "2"));

        await UntilAsync(ns, "get_deployment_diagnostics", Named("web"), found => Text(found.GetProperty("verdict"), "health") == "healthy");
    }

    [Fact]
    public async Task A_service_with_ready_pods_counts_its_endpoints()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:1", replicas: 2));
        await cluster.Admin.ApplyAsync(Workloads.Service(ns, "web", new JsonObject { ["app"] = "web" }, "http"));

        var answer = await UntilAsync(ns, "get_service_diagnostics", Named("web"), found => found.GetProperty("endpoints").GetProperty("ready").GetInt32() == 2);

        Text(answer.GetProperty("verdict"), "health").ShouldBe("healthy");
    }

    [Fact]
    public async Task Pod_diagnostics_tell_how_each_container_last_ended()
    {
        var ns = await cluster.NewNamespaceAsync(withDemoWorkload: false);
        await cluster.Admin.ApplyAsync(Workloads.Deployment(ns, "web", "registry.local/web:crash", "crash-loop-back-off"));
        var pod = await Workloads.PodOfAsync(cluster, ns);

        var answer = await UntilAsync(ns, "get_pod_diagnostics", new JsonObject { ["podName"] = pod }, found => HasCause(found, "crash_loop_backoff") && HasEvent(found, "BackOff"));

        Text(answer.GetProperty("verdict"), "health").ShouldBe("failing");
        var container = answer.GetProperty("containers")[0];
        Text(container, "state").ShouldContain("CrashLoopBackOff");
        Text(container, "lastEnd").ShouldContain("exit 1");
    }

    protected async Task<JsonElement> UntilAsync(string ns, string tool, JsonObject arguments, Func<JsonElement, bool> condition, TimeProvider? time = null)
    {
        using var server = ServerUnderTest.Start(cluster.KubeconfigPath, ns, time);
        arguments["namespace"] = ns;
        return await Eventually.GetAsync(() => server.ReadAsync(tool, arguments), condition);
    }

    /// <summary>What the summary and the evidence must hold comes a moment after the cause itself, as events do.</summary>
    private static bool IsAsExpected(JsonElement answer, DiagnosisCase expected) =>
        Cause(answer, expected) is { } cause
        && Array.TrueForAll(expected.Evidence, part => Evidence(cause).Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>The cause of that name whose summary reads as expected.</summary>
    private static JsonElement? Cause(JsonElement answer, DiagnosisCase expected) => Causes(answer)
        .Where(cause => Text(cause, "cause") == expected.Cause && Array.TrueForAll(expected.Summary, pattern => System.Text.RegularExpressions.Regex.IsMatch(Text(cause, "summary"), pattern)))
        .Select(cause => (JsonElement?)cause).FirstOrDefault();

    protected static IReadOnlyList<JsonElement> Causes(JsonElement answer) => answer.TryGetProperty("causes", out var causes) ? [.. causes.EnumerateArray()] : [];

    protected static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Evidence(JsonElement cause) => string.Join('\n', cause.GetProperty("evidence").EnumerateArray().Select(line => line.GetString()));

    private static JsonObject Named(string name) => new() { ["name"] = name };

    protected static bool HasCause(JsonElement answer, string name) => Causes(answer).Any(cause => Text(cause, "cause") == name);

    private static bool HasEvent(JsonElement answer, string reason) =>
        answer.TryGetProperty("events", out var events) && events.EnumerateArray().Any(line => Text(line, "reason") == reason);

    private static JsonObject Quota(string ns, string pods) => Workloads.Parse($$"""
        { "apiVersion": "v1", "kind": "ResourceQuota", "metadata": { "name": "pods", "namespace": "{{ns}}" }, "spec": { "hard": { "pods": "{{pods}}" } } }
        """);

    protected sealed class LaterTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
}
