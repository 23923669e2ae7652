using System.Text.Json;
using InfraGate.McpServer.Inspection.Causes;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Inspection.Causes;

/// <summary>Pod states that the kubelet simulator does not produce.</summary>
public sealed class PodCausesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

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
        var deadline = Now.AddSeconds(-secondsPast).ToString("O");

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

    [Theory]
    [InlineData("""{ "running": {} }""", true, 11, nameof(CauseSeverity.Warning))]
    [InlineData("""{ "running": {} }""", true, 9, nameof(CauseSeverity.Critical))]
    [InlineData("""{ "running": {} }""", false, 11, nameof(CauseSeverity.Critical))]
    [InlineData("""{ "waiting": { "reason": "CrashLoopBackOff" } }""", false, 11, nameof(CauseSeverity.Critical))]
    public void An_end_for_want_of_memory_is_history_once_the_container_has_been_ready_for_ten_minutes(string state, bool isReady, int minutesAgo, string severity)
    {
        var last = $$"""{ "terminated": { "exitCode": 137, "reason": "OOMKilled", "finishedAt": "{{Now.AddMinutes(-minutesAgo):O}}" } }""";

        var cause = Find($$"""{ "status": { "phase": "Running", "containerStatuses": [ { "name": "web", "ready": {{(isReady ? "true" : "false")}}, "restartCount": 1, "state": {{state}}, "lastState": {{last}} } ] } }""").ShouldHaveSingleItem();

        (cause.Name, cause.Severity.ToString()).ShouldBe(("oom_killed", severity));
    }

    [Theory]
    [InlineData(0, 60, "Unhealthy", nameof(CauseSeverity.Warning), "failed 1 time; 3 in a row would restart it")]
    [InlineData(1, 2, "Unhealthy", nameof(CauseSeverity.Critical), "failed 1 time; it is restarted (1 restart so far)")]
    [InlineData(1, 11, "Unhealthy", nameof(CauseSeverity.Warning), "failed 1 time; it is restarted (1 restart so far)")]
    [InlineData(0, 60, "Unhealthy,Killing", nameof(CauseSeverity.Warning), "failed 1 time; it is restarted (0 restarts so far)")]
    public void A_failed_liveness_probe_is_trouble_once_the_container_was_restarted_for_it_and_for_ten_minutes(int restarts, int minutesUp, string reasons, string severity, string summary)
    {
        var events = reasons.Split(',').Select(reason =>
        {
            var group = new EventGroup("Pod", "web-1", reason, "Warning");
            group.Add(new EventRecord { Note = "Liveness probe failed: HTTP probe failed with statuscode: 503" });
            return group;
        }).ToList();

        var cause = Find($$"""{ "status": { "phase": "Running", "containerStatuses": [ { "name": "web", "ready": true, "restartCount": {{restarts}}, "state": { "running": { "startedAt": "{{Now.AddMinutes(-minutesUp):O}}" } } } ] } }""", events).ShouldHaveSingleItem();

        cause.Severity.ToString().ShouldBe(severity);
        cause.Summary.ShouldEndWith(summary);
    }

    [Fact]
    public void What_is_history_with_one_pod_and_trouble_with_another_is_told_as_trouble()
    {
        Cause[] causes =
        [
            new(CauseSeverity.Warning, "oom_killed", ["Pod/web-0"], "it was ended", [], "") { Detail = "web" },
            new(CauseSeverity.Critical, "oom_killed", ["Pod/web-1"], "it is ended", [], "") { Detail = "web" },
        ];

        var merged = CauseList.Merge(causes).ShouldHaveSingleItem();

        (merged.Severity, merged.Summary).ShouldBe((CauseSeverity.Critical, "2 Pods: it is ended"));
    }

    private static List<Cause> Find(string pod, IReadOnlyList<EventGroup>? events = null)
    {
        var parsed = JsonSerializer.Deserialize(pod, KubernetesJson.Default.Pod)!;
        parsed = parsed with { Spec = new PodSpec { Containers = [new Container { Name = "web", Image = "Web:1" }] } };
        return [.. new PodCauses(parsed, events ?? [], new FixedTime(Now)).Find()];
    }
}
