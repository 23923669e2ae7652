using System.Text.Json;
using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Tests.Inspection;

public sealed class RolloutStateTests
{
    [Theory]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 1 }""", "progressing", "has not seen")]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2 }""", "available", null)]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "replicas": 3, "updatedReplicas": 1, "availableReplicas": 2 }""", "progressing", "1 of 2 updated")]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "replicas": 3, "updatedReplicas": 2, "availableReplicas": 2 }""", "progressing", "1 old replicas")]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 1, "conditions": [ { "type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable" } ] }""", "degraded", "1 of 2 available")]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 1, "conditions": [ { "type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated" } ] }""", "progressing", "1 of 2 available")]
    [InlineData("""{ "replicas": 2, "progressDeadlineSeconds": 60 }""", """{ "observedGeneration": 2, "replicas": 3, "updatedReplicas": 1, "conditions": [ { "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded" } ] }""", "stuck", "within 60 s")]
    [InlineData("""{ "replicas": 2 }""", """{ "observedGeneration": 2, "conditions": [ { "type": "ReplicaFailure", "status": "True", "message": "exceeded quota" } ] }""", "stuck", "exceeded quota")]
    [InlineData("""{ "replicas": 2, "paused": true }""", """{ "observedGeneration": 2, "replicas": 2, "updatedReplicas": 0, "availableReplicas": 2 }""", "paused", "paused")]
    [InlineData("""{ "replicas": 0 }""", """{ "observedGeneration": 2 }""", "scaled-to-zero", null)]
    [InlineData("{}", """{ "observedGeneration": 2, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1 }""", "available", null)]
    public void A_rollout_is_judged_as_kubectl_judges_it(string spec, string status, string state, string? reason)
    {
        var deployment = JsonSerializer.Deserialize($$"""{ "metadata": { "name": "web", "generation": 2 }, "spec": {{spec}}, "status": {{status}} }""", KubernetesJson.Default.Deployment)!;

        var judged = RolloutState.Of(deployment);

        judged.State.ShouldBe(state);
        if (reason is null)
        {
            judged.Reason.ShouldBeNull();
        }
        else
        {
            judged.Reason.ShouldNotBeNull().ShouldContain(reason);
        }
    }

    [Fact]
    public void A_credential_that_the_controller_was_refused_with_is_not_part_of_the_reason()
    {
        var deployment = JsonSerializer.Deserialize(
            """{ "metadata": { "name": "web" }, "status": { "conditions": [ { "type": "ReplicaFailure", "status": "True", "message": "env DB_PASSWORD=\"hunter2-Tr0ub4dor\" not allowed" } ] } }""",
            KubernetesJson.Default.Deployment)!;

        RolloutState.Of(deployment).Reason.ShouldNotBeNull().ShouldNotContain("hunter2");
    }
}
