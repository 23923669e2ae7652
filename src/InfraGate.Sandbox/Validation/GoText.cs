using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Values as the API server prints Go structures within its messages.</summary>
internal static class GoText
{
    public static string StringMap(IReadOnlyDictionary<string, string> map) =>
        "map[string]string{" + string.Join(", ", map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Quote(pair.Key)}:{Quote(pair.Value)}")) + "}";

    public static string LabelSelector(JsonObject selector)
    {
        var labels = selector.Object("matchLabels") is null ? "map[string]string(nil)" : StringMap(selector.Map("matchLabels"));
        var expressions = selector.List("matchExpressions") is null
            ? "[]v1.LabelSelectorRequirement(nil)"
            : "[]v1.LabelSelectorRequirement{" + string.Join(", ", selector.Items("matchExpressions").Select(Requirement)) + "}";
        return $"v1.LabelSelector{{MatchLabels:{labels}, MatchExpressions:{expressions}}}";
    }

    private static string Requirement(JsonObject item) =>
        $"v1.LabelSelectorRequirement{{Key:{Quote(item.Text("key"))}, Operator:{Quote(item.Text("operator"))}, Values:[]string{{"
        + string.Join(", ", (item.List("values") ?? []).Select(value => Quote(value.Text()))) + "}}";

    private static string Quote(string? text) => JsonText.Text(JsonValue.Create(text ?? string.Empty));
}
