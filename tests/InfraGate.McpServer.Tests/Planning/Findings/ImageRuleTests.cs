using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Tests.Planning.Findings;

/// <summary>Images mounted as volumes, which the control plane of these tests is too old for; what containers run is looked at there.</summary>
public sealed class ImageRuleTests
{
    private const string Path = "spec.template.spec.volumes[name=model].image.reference";

    [Fact]
    public void An_image_mounted_as_a_volume_does_not_get_past_the_list_of_registries()
    {
        Look(mounted: "evil.example.com/model:1.0.0").ShouldBe(
            [new Observation("image-registry", "The image of volume model comes from evil.example.com/model; allowed are registry.local.", "Deployment/web", Path)]);
        Look(mounted: "registry.local/model:1.0.0").ShouldBeEmpty();
    }

    [Fact]
    public void A_mounted_image_whose_name_may_point_elsewhere_tomorrow_is_found()
    {
        Look(mounted: "registry.local/model").ShouldBe(
            [new Observation("mutable-image-tag", "The image of volume model has no tag, which means latest: what runs can change without a plan.", "Deployment/web", Path)]);
    }

    [Fact]
    public void A_mounted_image_without_a_name_is_judged_as_the_worst_it_could_be() =>
        Look(mounted: null).Select(observation => observation.Code).ShouldBe(["mutable-image-tag", "image-registry"]);

    private static IReadOnlyList<Observation> Look(string? mounted)
    {
        var result = Workloads.Deployment("shop", "web", "registry.local/web:1.0.0", change: deployment =>
            ((JsonObject)deployment["spec"]!["template"]!["spec"]!)["volumes"] =
                new JsonArray(new JsonObject { ["name"] = "model", ["image"] = mounted is null ? new JsonObject() : new JsonObject { ["reference"] = mounted } }));
        var target = new DraftTarget
        {
            Kind = ObjectKind.Deployment,
            Name = "web",
            Change = TargetChange.Create,
            Uid = null,
            Live = null,
            Result = result,
            Sent = null,
            Request = new PlannedRequest("PATCH", "/", "", null, null, null),
        };
        var policy = EffectivePolicy.Default with { ImageRegistries = ["registry.local"] };
        return [.. new ImageRule().Look(new PlanDraft(PlanOperation.Apply, "shop", [target], Surroundings.None, policy))];
    }
}
