using System.Text.Json.Nodes;
using InfraGate.Sandbox.Defaulting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>ReplicaSets of apps/v1.</summary>
internal sealed class ReplicaSetStrategy(ResourceType type) : ResourceStrategy(type)
{
    public override void Default(JsonObject value)
    {
        var spec = value.Ensure("spec");
        spec.Default("replicas", 1);
        if (spec.Object("template") is { } template)
        {
            PodDefaults.Spec(template.Ensure("spec"));
        }
    }

    public override void PrepareForCreate(JsonObject value, bool dryRun) => value["status"] = new JsonObject { ["replicas"] = 0 };

    public override IEnumerable<FieldError> Validate(JsonObject value)
    {
        var spec = value.Object("spec") ?? [];
        return WorkloadValidation.Replicas(spec).Concat(WorkloadValidation.Selector(spec, "replicaset")).Concat(WorkloadValidation.Template(spec));
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before) =>
        WorkloadValidation.ImmutableSelector(value.Object("spec", "selector"), before.Object("spec", "selector"));
}
