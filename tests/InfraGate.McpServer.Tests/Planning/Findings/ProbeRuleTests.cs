using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Tests.Planning.Findings;

public sealed class ProbeRuleTests
{
    [Fact]
    public void A_probe_that_a_container_loses_is_found()
    {
        var observations = Look(before: "readinessProbe", after: null);

        observations.ShouldBe([new Observation("removed-probe", "Container web loses its readinessProbe.", "Deployment/web", "spec.template.spec.containers[name=web].readinessProbe")]);
    }

    [Fact]
    public void A_probe_that_stays_or_comes_is_not()
    {
        Look(before: "livenessProbe", after: "livenessProbe").ShouldBeEmpty();
        Look(before: null, after: "startupProbe").ShouldBeEmpty();
    }

    private static IReadOnlyList<Observation> Look(string? before, string? after)
    {
        var target = new DraftTarget
        {
            Kind = ObjectKind.Deployment,
            Name = "web",
            Change = TargetChange.Update,
            Uid = "1",
            Live = With(before),
            Result = With(after),
            Sent = null,
            Request = new PlannedRequest("PATCH", "/", "", null, null, null),
        };
        return [.. new ProbeRule().Look(new PlanDraft(PlanOperation.Apply, "shop", [target], Surroundings.None, EffectivePolicy.Default))];
    }

    private static JsonObject With(string? probe) => Workloads.Deployment("shop", "web", "registry.local/web:1", change: deployment =>
    {
        if (probe is not null)
        {
            Workloads.Container(deployment)[probe] = new JsonObject { ["periodSeconds"] = 5 };
        }
    });
}
