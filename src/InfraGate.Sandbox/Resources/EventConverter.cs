using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Resources;

/// <summary>Events are stored once, in the core/v1 shape, and served by the core and the events.k8s.io group.</summary>
internal sealed class EventConverter : IVersionConverter
{
    private static readonly (string Core, string Events)[] Renamed =
    [
        ("involvedObject", "regarding"),
        ("message", "note"),
        ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"),
        ("reportingComponent", "reportingController"),
    ];

    /// <summary>events.k8s.io selects by <c>regarding.*</c> and <c>reportingController</c>.</summary>
    public static string? FieldLabel(string label) => label switch
    {
        "reportingController" => "reportingComponent",
        "reason" or "type" => label,
        _ when label.StartsWith("regarding.", StringComparison.Ordinal) => "involvedObject." + label["regarding.".Length..],
        _ => null,
    };

    public JsonObject ToVersion(JsonObject stored, string version)
    {
        var result = new JsonObject { ["kind"] = "Event", ["apiVersion"] = "events.k8s.io/" + version };
        foreach (var (name, value) in stored)
        {
            if (name is not ("kind" or "apiVersion"))
            {
                result[Array.Find(Renamed, pair => pair.Core == name).Events ?? name] = value?.DeepClone();
            }
        }

        if (!result.ContainsKey("eventTime"))
        {
            result["eventTime"] = null;
        }

        return result;
    }

    public JsonObject ToStored(JsonObject served, string version)
    {
        var result = new JsonObject { ["kind"] = "Event", ["apiVersion"] = "v1" };
        foreach (var (name, value) in served)
        {
            if (name is not ("kind" or "apiVersion"))
            {
                result[Array.Find(Renamed, pair => pair.Events == name).Core ?? name] = value?.DeepClone();
            }
        }

        return result;
    }
}
