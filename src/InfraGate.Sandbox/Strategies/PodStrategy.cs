using System.Text.Json.Nodes;
using InfraGate.Sandbox.Defaulting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>Pods: their spec is fixed once they exist, their images and a few more aside.</summary>
internal sealed class PodStrategy(ResourceType type) : ResourceStrategy(type)
{
    private static readonly string[] Mutable = ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"];

    public override void Default(JsonObject value)
    {
        PodDefaults.Spec(value.Ensure("spec"));
        PodDefaults.Pod(value.Ensure("spec"));
    }

    public override void PrepareForCreate(JsonObject value, bool dryRun) => value.Remove("status");

    /// <summary>The first status, once admission has said what the containers request.</summary>
    public override void Allocate(JsonObject value, JsonObject? before, bool dryRun)
    {
        if (before is null)
        {
            value["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QualityOfService(value.Ensure("spec")) };
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject value) => PodValidation.Spec(value.Object("spec"), "spec");

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before)
    {
        if (!JsonNode.DeepEquals(Fixed(value), Fixed(before)))
        {
            yield return FieldError.Forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)");
        }
    }

    private static JsonObject Fixed(JsonObject pod)
    {
        var spec = (JsonObject)(pod.Object("spec")?.DeepClone() ?? new JsonObject());
        foreach (var name in Mutable)
        {
            spec.Remove(name);
        }

        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            container.Remove("image");
        }

        return spec;
    }

    private static string QualityOfService(JsonObject spec)
    {
        var resources = spec.Items("containers").Select(container => container.Object("resources")).ToList();
        if (resources.TrueForAll(item => item?.Object("requests") is null && item?.Object("limits") is null))
        {
            return "BestEffort";
        }

        return resources.TrueForAll(item =>
            item?.Object("limits") is { } limits && limits.ContainsKey("cpu") && limits.ContainsKey("memory") && JsonNode.DeepEquals(limits, item["requests"]))
            ? "Guaranteed"
            : "Burstable";
    }
}
