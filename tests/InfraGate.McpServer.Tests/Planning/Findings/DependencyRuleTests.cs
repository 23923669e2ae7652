using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Tests.Planning.Findings;

public sealed class DependencyRuleTests
{
    [Fact]
    public void Pods_of_a_Deployment_that_goes_with_the_plan_do_not_count_and_those_of_another_controller_do() =>
        Look(Pods(("web-0", "StatefulSet", "web"), ("web-abc12-x", "ReplicaSet", "web-abc12")), Target(ObjectKind.ConfigMap, "settings"), Target(ObjectKind.Deployment, "web"))
            .ShouldBe(["Pod web-0 uses it."]);

    [Fact]
    public void A_Deployment_whose_name_begins_like_that_of_one_that_goes_stays() =>
        Look(Pods(("web-abc12-x", "ReplicaSet", "web-blue-abc12")), Target(ObjectKind.ConfigMap, "settings"), Target(ObjectKind.Deployment, "web"))
            .ShouldBe(["Pod web-abc12-x uses it."]);

    [Fact]
    public void Pods_of_a_Deployment_that_uses_it_are_told_with_their_Deployment_and_the_others_by_themselves() =>
        Look(
                Pods(("db-0", "StatefulSet", "db"), ("web-abc12-x", "ReplicaSet", "web-abc12")) with { Deployments = [new NeighbourDeployment("web", ["settings"])] },
                Target(ObjectKind.ConfigMap, "settings"))
            .ShouldBe(["Deployment web uses it; its next Pods will not start. Pod db-0 uses it."]);

    [Fact]
    public void Many_Pods_are_counted_and_five_are_named() =>
        Look(Pods([.. Enumerable.Range(0, 7).Select(number => ($"db-{number}", "StatefulSet", "db"))]), Target(ObjectKind.ConfigMap, "settings"))
            .ShouldBe(["Pod db-0, db-1, db-2, db-3, db-4 and 2 more use it."]);

    private static string[] Look(Surroundings surroundings, params DraftTarget[] targets) =>
        [.. new DependencyRule().Look(new PlanDraft(PlanOperation.Delete, "shop", targets, surroundings, EffectivePolicy.Default)).Select(seen => seen.Message)];

    /// <summary>Pods that take their variables from the ConfigMap settings.</summary>
    private static Surroundings Pods(params (string Name, string OwnerKind, string Owner)[] pods)
    {
        var census = new PodCensus();
        foreach (var (name, kind, owner) in pods)
        {
            census.Add(Workloads.Parse($$$"""
                {"metadata":{"name":"{{{name}}}","labels":{"pod-template-hash":"abc12"},"ownerReferences":[{"kind":"{{{kind}}}","name":"{{{owner}}}"}] },
                 "spec":{"containers":[{"name":"web","envFrom":[{"configMapRef":{"name":"settings"} }] }] } }
                """));
        }

        return new Surroundings { Pods = census.Groups };
    }

    private static DraftTarget Target(ObjectKind kind, string name) => new()
    {
        Kind = kind,
        Name = name,
        Change = TargetChange.Delete,
        Uid = "1",
        Live = new JsonObject(),
        Result = null,
        Sent = null,
        Request = new PlannedRequest("DELETE", "/", "", null, null, null),
    };
}
