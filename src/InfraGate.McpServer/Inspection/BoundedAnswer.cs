using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Inspection;

/// <summary>
/// Builds an answer with ever smaller lists until it fits its budget; the builder says in the answer what it left out. Where lists of one item are still too much,
/// long texts are cut, which end in "..." then.
/// </summary>
internal static class BoundedAnswer
{
    private static readonly int[] TextLengths = [160, 80, 40, 20];

    /// <summary>What callers go on with; the API server bounds it.</summary>
    private static readonly string[] Names = ["namespace", "kind", "name", "pod", "cause", "node", "owner", "object", "objects"];

    /// <param name="budget">UTF-8 bytes of structured content and text together.</param>
    /// <param name="items">The longest a list may be at first.</param>
    public static ToolAnswer Fit<T>(int budget, int items, Func<int, T> build, JsonTypeInfo<T> type) => FitValue(budget, items, build, type).Answer;

    /// <summary>The same, with the value that fits.</summary>
    public static (T Value, ToolAnswer Answer) FitValue<T>(int budget, int items, Func<int, T> build, JsonTypeInfo<T> type)
    {
        while (true)
        {
            var value = build(items);
            var answer = ToolAnswer.From(value, type);
            var size = Size(answer);
            if (size <= budget)
            {
                return (value, answer);
            }

            if (items <= 1)
            {
                return WithShorterTexts(budget, value, type);
            }

            items = Shorter(items, (double)budget / size);
        }
    }

    public static int Size(ToolAnswer answer) =>
        Encoding.UTF8.GetByteCount(answer.Structured.GetRawText()) + Encoding.UTF8.GetByteCount(answer.Text);

    private static (T Value, ToolAnswer Answer) WithShorterTexts<T>(int budget, T value, JsonTypeInfo<T> type)
    {
        var answer = ToolAnswer.From(value, type);
        foreach (var length in TextLengths.TakeWhile(_ => Size(answer) > budget))
        {
            var shorter = JsonSerializer.SerializeToNode(value, type)!;
            Shorten(shorter, length);
            value = shorter.Deserialize(type)!;
            answer = ToolAnswer.From(value, type);
        }

        return (value, answer);
    }

    private static void Shorten(JsonNode? node, int length)
    {
        if (node is JsonArray array)
        {
            for (var index = 0; index < array.Count; index++)
            {
                if (array[index] is JsonValue item && item.TryGetValue<string>(out var text))
                {
                    array[index] = Bounded.Text(text, length);
                }

                Shorten(array[index], length);
            }
        }
        else if (node is JsonObject map)
        {
            foreach (var name in map.Select(member => member.Key).Except(Names, StringComparer.Ordinal).ToList())
            {
                if (map[name] is JsonValue property && property.TryGetValue<string>(out var text))
                {
                    map[name] = Bounded.Text(text, length);
                }

                Shorten(map[name], length);
            }
        }
    }

    /// <summary>Not every list is cut, so what is left over the budget by little is cut by little, and what is far over it by as much as it is over.</summary>
    private static int Shorter(int items, double fitting) => Math.Clamp((int)(items * Math.Max(fitting, 0.25)), 1, items - 1);
}
