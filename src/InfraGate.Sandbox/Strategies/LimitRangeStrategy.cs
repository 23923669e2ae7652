using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Strategies;

/// <summary>LimitRanges: for containers the default limit is the maximum, and the default request is the default limit, else the minimum.</summary>
internal sealed class LimitRangeStrategy(ResourceType type) : ResourceStrategy(type)
{
    public override void Default(JsonObject value)
    {
        foreach (var limit in value.Items("spec", "limits").Where(limit => limit.Text("type") == "Container"))
        {
            Fill(limit, "default", limit.Object("max"));
            Fill(limit, "defaultRequest", limit.Object("default"));
            Fill(limit, "defaultRequest", limit.Object("min"));
        }
    }

    private static void Fill(JsonObject limit, string name, JsonObject? from)
    {
        foreach (var (resource, amount) in from ?? [])
        {
            limit.Ensure(name).Default(resource, amount!.DeepClone());
        }
    }
}
