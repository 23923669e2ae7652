using System.Text.Json.Nodes;
using InfraGate.Sandbox.Defaulting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>Deployments of apps/v1.</summary>
internal sealed class DeploymentStrategy(ResourceType type) : ResourceStrategy(type)
{
    public override void Default(JsonObject value)
    {
        var spec = value.Ensure("spec");
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }

        if (spec.Object("template") is { } template)
        {
            // The API server shows an explicit null here, because the Go type is not a pointer.
            template.Ensure("metadata")["creationTimestamp"] = null;
            PodDefaults.Spec(template.Ensure("spec"));
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject value)
    {
        var spec = value.Object("spec") ?? [];
        return WorkloadValidation.Replicas(spec)
            .Concat(WorkloadValidation.Selector(spec, "deployment"))
            .Concat(WorkloadValidation.Template(spec))
            .Concat(WorkloadValidation.Strategy(spec.Object("strategy") ?? []))
            .Concat(WorkloadValidation.NotNegative(spec, "minReadySeconds"))
            .Concat(WorkloadValidation.NotNegative(spec, "revisionHistoryLimit"))
            .Concat(WorkloadValidation.ProgressDeadline(spec));
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before) =>
        WorkloadValidation.ImmutableSelector(value.Object("spec", "selector"), before.Object("spec", "selector"));
}
