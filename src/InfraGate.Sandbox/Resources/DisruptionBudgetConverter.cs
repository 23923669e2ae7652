using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Resources;

/// <summary>policy/v1 and policy/v1beta1 say the same in the same shape.</summary>
internal sealed class DisruptionBudgetConverter : IVersionConverter
{
    public JsonObject ToVersion(JsonObject stored, string version) => As(stored, version);

    public JsonObject ToStored(JsonObject served, string version) => As(served, "v1");

    private static JsonObject As(JsonObject value, string version)
    {
        var result = (JsonObject)value.DeepClone();
        result["apiVersion"] = "policy/" + version;
        return result;
    }
}
