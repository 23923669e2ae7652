using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Resources;

/// <summary>Stored in the autoscaling/v2 shape; v1 knows a single CPU target.</summary>
internal sealed class AutoscalerConverter : IVersionConverter
{
    public JsonObject ToVersion(JsonObject stored, string version)
    {
        var result = (JsonObject)stored.DeepClone();
        result["apiVersion"] = "autoscaling/" + version;
        if (version == "v1" && result.Object("spec") is { } spec)
        {
            var cpu = spec.Items("metrics").Select(CpuTarget).FirstOrDefault(target => target is not null);
            spec.Remove("metrics");
            spec.Remove("behavior");
            if (cpu is not null)
            {
                spec["targetCPUUtilizationPercentage"] = cpu;
            }

            (result["status"] as JsonObject)?.Remove("conditions");
            (result["status"] as JsonObject)?.Remove("currentMetrics");
        }

        return result;
    }

    public JsonObject ToStored(JsonObject served, string version)
    {
        var result = (JsonObject)served.DeepClone();
        result["apiVersion"] = "autoscaling/v2";
        if (result.Object("spec") is { } spec && spec.Integer("targetCPUUtilizationPercentage") is { } cpu)
        {
            spec.Remove("targetCPUUtilizationPercentage");
            spec["metrics"] = new JsonArray(new JsonObject
            {
                ["type"] = "Resource",
                ["resource"] = new JsonObject
                {
                    ["name"] = "cpu",
                    ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = cpu },
                },
            });
        }

        return result;
    }

    private static long? CpuTarget(JsonObject metric) =>
        metric.Text("resource", "name") == "cpu" ? metric.Integer("resource", "target", "averageUtilization") : null;
}
