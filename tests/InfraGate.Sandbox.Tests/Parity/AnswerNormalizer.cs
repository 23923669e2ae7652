using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>Takes out of an answer what differs from one run to the next, so that two servers' answers can be compared.</summary>
internal static class AnswerNormalizer
{
    private static readonly string[] Volatile =
        ["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "time", "clusterIP", "continue", "selfLink", "nodePort"];

    public static string Of(ApiAnswer answer, string @namespace) =>
        $"{answer.Code}\n{(answer.Body is null ? answer.Text : Ordered(answer.Body, @namespace)!.ToJsonString(new() { WriteIndented = true }))}";

    private static JsonNode? Ordered(JsonNode? node, string @namespace) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Member(pair.Key, pair.Value, @namespace)))),
        JsonArray list => new JsonArray([.. list.Select(item => Ordered(item, @namespace))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Text(text, @namespace)),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Member(string name, JsonNode? value, string @namespace)
    {
        if (Volatile.Contains(name) && value is JsonValue)
        {
            return $"<{name}>";
        }

        return name == "clusterIPs" ? new JsonArray("<clusterIP>") : Ordered(value, @namespace);
    }

    private static string Text(string text, string @namespace)
    {
        var replaced = text.Replace(@namespace, "<namespace>", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(
            replaced,
            @"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=in record \()\d+",
            "<id>",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1));
    }
}
