using System.Text.Json;
using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Tests.Inspection.Causes;

/// <summary>Pod states that the kubelet simulator does not produce.</summary>
public sealed class PodCausesTests
{
    [Theory]
    [InlineData("""{ "waiting": { "reason": "CreateContainerConfigError", "message": "configmap \"settings\" not found" } }""", "container_config_error", "configmap \"settings\" not found")]
    [InlineData("""{ "waiting": { "reason": "InvalidImageName", "message": "could not parse" } }""", "image_pull_backoff", "Web:1")]
    [InlineData("""{ "terminated": { "exitCode": 139, "reason": "Error" } }""", "crash_loop_backoff", "SIGSEGV")]
    [InlineData("""{ "terminated": { "exitCode": 143, "reason": "Error" } }""", "crash_loop_backoff", "SIGTERM")]
    [InlineData("""{ "terminated": { "exitCode": 1, "signal": 6, "reason": "Error" } }""", "crash_loop_backoff", "SIGABRT")]
    [InlineData("""{ "terminated": { "exitCode": 137, "reason": "OOMKilled" } }""", "oom_killed", "no memory limit")]
    public void A_container_state_has_its_cause(string state, string name, string summary)
    {
        var cause = Find($$"""{ "status": { "phase": "Pending", "containerStatuses": [ { "name": "web", "restartCount": 4, "state": {{state}} } ] } }""").ShouldHaveSingleItem();

        cause.Name.ShouldBe(name);
        cause.Summary.ShouldContain(summary);
        cause.Next.ShouldNotBeNullOrWhiteSpace();
        cause.Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_init_container_that_fails_is_a_cause_too() =>
        Find("""{ "status": { "phase": "Pending", "initContainerStatuses": [ { "name": "migrate", "restartCount": 2, "state": { "waiting": { "reason": "CrashLoopBackOff" } } } ] } }""")
            .ShouldHaveSingleItem().Summary.ShouldContain("migrate");

    [Fact]
    public void An_evicted_pod_quotes_the_node()
    {
        var cause = Find("""{ "status": { "phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory." } }""").ShouldHaveSingleItem();

        cause.Name.ShouldBe("evicted");
        cause.Evidence[0].ShouldContain("low on resource: memory");
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(31, 1)]
    public void A_pod_is_stuck_when_it_is_half_a_minute_past_its_end(int secondsPast, int causes)
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(-secondsPast).ToString("O");

        Find($$"""{ "metadata": { "name": "web-1", "deletionTimestamp": "{{deadline}}" }, "status": { "phase": "Running" } }""").Count.ShouldBe(causes);
    }

    [Fact]
    public void What_several_pods_have_in_common_is_told_once()
    {
        var causes = Enumerable.Range(0, 9).Select(number => new Cause(CauseSeverity.Critical, "crash_loop_backoff", [$"Pod/web-{number}"], "it ends", ["exit 1"], "read its log") { Detail = "web" });

        var merged = CauseList.Merge(causes).ShouldHaveSingleItem();

        merged.Summary.ShouldBe("9 Pods: it ends");
        merged.Objects.ShouldBe(["Pod/web-0", "Pod/web-1", "Pod/web-2", "Pod/web-3", "Pod/web-4", "4 more"]);
        merged.Evidence.ShouldBe(["exit 1"]);
    }

    [Fact]
    public void A_pod_that_is_well_has_no_cause() =>
        Find("""{ "status": { "phase": "Running", "containerStatuses": [ { "name": "web", "ready": true, "restartCount": 3, "state": { "running": {} }, "lastState": { "terminated": { "exitCode": 0, "reason": "Completed" } } } ] } }""").ShouldBeEmpty();

    private static List<Cause> Find(string pod)
    {
        var parsed = JsonSerializer.Deserialize(pod, KubernetesJson.Default.Pod)!;
        parsed = parsed with { Spec = new PodSpec { Containers = [new Container { Name = "web", Image = "Web:1" }] } };
        return [.. new PodCauses(parsed, [], TimeProvider.System).Find()];
    }
}
