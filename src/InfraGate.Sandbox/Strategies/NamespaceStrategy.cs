using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Strategies;

/// <summary>Namespaces; from 1.21 on each carries its own name as a label.</summary>
internal sealed class NamespaceStrategy(ResourceType type, int minor) : ResourceStrategy(type)
{
    public override bool NamesAreLabels => true;

    public override void Default(JsonObject value)
    {
        if (minor >= 21 && value.Text("metadata", "name") is { } name)
        {
            value.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = name;
        }
    }

    public override void PrepareForCreate(JsonObject value, bool dryRun)
    {
        value.Ensure("spec")["finalizers"] = new JsonArray("kubernetes");
        value["status"] = new JsonObject { ["phase"] = "Active" };
    }

    public override void PrepareForUpdate(JsonObject value, JsonObject before, bool dryRun) => value.Put("spec", before["spec"]);
}
