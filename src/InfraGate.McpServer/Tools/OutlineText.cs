using System.Text;
using System.Text.Json;

namespace InfraGate.McpServer.Tools;

/// <summary>
/// Renders structured content as an indented outline: the same facts in about three quarters of the JSON's size, without quotes or braces.
/// Objects of scalars take one line each.
/// </summary>
internal static class OutlineText
{
    public static string Render(JsonElement value)
    {
        var text = new StringBuilder();
        WriteProperties(text, value, depth: 0);
        return text.ToString().TrimEnd();
    }

    private static void WriteProperties(StringBuilder text, JsonElement value, int depth)
    {
        foreach (var property in value.EnumerateObject())
        {
            Indent(text, depth).Append(property.Name).Append(':');
            WriteValue(text, property.Value, depth);
        }
    }

    private static void WriteValue(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when IsFlat(value):
                text.Append(' ');
                WriteInline(text, value);
                text.Append('\n');
                break;
            case JsonValueKind.Object:
                text.Append('\n');
                WriteProperties(text, value, depth + 1);
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(item => IsShortScalar(item)):
                text.Append(' ').AppendJoin(", ", value.EnumerateArray().Select(Scalar)).Append('\n');
                break;
            case JsonValueKind.Array:
                text.Append('\n');
                WriteItems(text, value, depth + 1);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteItems(StringBuilder text, JsonElement array, int depth)
    {
        foreach (var item in array.EnumerateArray())
        {
            Indent(text, depth).Append('-');
            if (item.ValueKind is not JsonValueKind.Object)
            {
                WriteValue(text, item, depth);
                continue;
            }

            text.Append(' ');
            WriteInline(text, item);
            text.Append('\n');
            foreach (var property in item.EnumerateObject().Where(property => !IsInline(property.Value)))
            {
                Indent(text, depth + 1).Append(property.Name).Append(':');
                WriteValue(text, property.Value, depth + 1);
            }
        }
    }

    private static void WriteInline(StringBuilder text, JsonElement value)
    {
        var first = true;
        foreach (var property in value.EnumerateObject().Where(property => IsInline(property.Value)))
        {
            text.Append(first ? "" : " ");
            if (!first || property.Name is not ("name" or "object" or "pod" or "cause"))
            {
                text.Append(property.Name).Append('=');
            }

            text.Append(property.Value.ValueKind is JsonValueKind.Array
                ? string.Join(',', property.Value.EnumerateArray().Select(Scalar))
                : Scalar(property.Value));
            first = false;
        }
    }

    private static bool IsFlat(JsonElement value) => value.EnumerateObject().All(property => IsInline(property.Value));

    private static bool IsInline(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => false,
        JsonValueKind.Array => value.EnumerateArray().All(IsShortScalar),
        _ => true,
    };

    private static bool IsShortScalar(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        && (value.ValueKind is not JsonValueKind.String || value.GetString()!.Length <= 80);

    /// <summary>Booleans as JSON writes them, not as .NET does.</summary>
    private static string Scalar(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static StringBuilder Indent(StringBuilder text, int depth) => text.Append(' ', depth * 2);
}
