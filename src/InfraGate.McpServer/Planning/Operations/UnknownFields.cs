using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// Finds fields that a request carries and that are not in what the API server made of it: the evidence of an unknown field where the API server does not
/// say so itself. Zero values may be left out by any server and prove nothing.
/// </summary>
internal static class UnknownFields
{
    /// <summary>The paths of the fields that went missing, in the order of the request.</summary>
    public static IReadOnlyList<string> Find(JsonObject sent, JsonObject result)
    {
        var missing = new List<string>();
        Visit("", "", sent, result, missing);
        return missing;
    }

    private static void Visit(string path, string field, JsonNode? sent, JsonNode? result, List<string> missing)
    {
        if (result is null)
        {
            if (!IsZero(sent))
            {
                missing.Add(path);
            }

            return;
        }

        if (sent is JsonObject sentMap && result is JsonObject resultMap)
        {
            foreach (var (key, value) in sentMap)
            {
                Visit(FieldPath.Field(path, key), key, value, resultMap[key], missing);
            }
        }
        else if (sent is JsonArray sentList && result is JsonArray resultList)
        {
            VisitItems(path, field, sentList, resultList, missing);
        }
    }

    private static void VisitItems(string path, string field, JsonArray sent, JsonArray result, List<string> missing)
    {
        if (ListKeys.Read(field, sent) is { } sentItems && ListKeys.Read(field, result) is { } resultItems)
        {
            foreach (var (key, item) in sentItems)
            {
                Visit(FieldPath.Item(path, key), field: "", item, resultItems.FirstOrDefault(candidate => candidate.Key == key).Item, missing);
            }
        }
        else if (sent.Count == result.Count)
        {
            for (var i = 0; i < sent.Count; i++)
            {
                Visit(FieldPath.Item(path, i), field: "", sent[i], result[i], missing);
            }
        }
    }

    private static bool IsZero(JsonNode? node) => node switch
    {
        null => true,
        JsonObject map => map.All(member => IsZero(member.Value)),
        JsonArray list => list.All(IsZero),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>().Length == 0,
            JsonValueKind.Number => node.ToJsonString() is "0" or "0.0",
            JsonValueKind.True => false,
            _ => true,
        },
    };
}
