using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InfraGate.ApprovalUi.Diff;

/// <summary>Writes JSON as block-style YAML for people to read: one value a line, so that a line diff names exactly what changes.</summary>
internal static class YamlText
{
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The YAML text of a JSON document, lines parted by a line feed.</summary>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder(json.Length * 2);
        Write(document.RootElement, indent: 0, text, afterDash: false);
        return text.ToString(0, text.Length - 1);
    }

    private static void Write(JsonElement element, int indent, StringBuilder text, bool afterDash)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                WriteMembers(element, indent, text, afterDash);
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(' ', indent).Append("- ");
                    Write(item, indent + 2, text, afterDash: true);
                }

                break;
            default:
                text.Append(' ', afterDash ? 0 : indent).Append(Scalar(element)).Append('\n');
                break;
        }
    }

    private static void WriteMembers(JsonElement element, int indent, StringBuilder text, bool afterDash)
    {
        var first = true;
        foreach (var member in element.EnumerateObject())
        {
            text.Append(' ', first && afterDash ? 0 : indent).Append(Key(member.Name)).Append(':');
            first = false;
            if (member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().Any())
            {
                text.Append('\n');
                Write(member.Value, indent + 2, text, afterDash: false);
            }
            else if (member.Value.ValueKind is JsonValueKind.Array && member.Value.GetArrayLength() > 0)
            {
                text.Append('\n');
                Write(member.Value, indent, text, afterDash: false);
            }
            else if (member.Value.ValueKind is JsonValueKind.String && IsBlock(member.Value.GetString()!))
            {
                WriteBlock(member.Value.GetString()!, indent + 2, text);
            }
            else
            {
                text.Append(' ').Append(Scalar(member.Value)).Append('\n');
            }
        }
    }

    private static bool IsBlock(string value) =>
        value.Contains('\n') && value.Trim().Length > 0 && value[0] is not (' ' or '\n' or '\t') && !value.Any(c => char.IsControl(c) && c is not ('\n' or '\t'));

    private static void WriteBlock(string value, int indent, StringBuilder text)
    {
        var keep = value.EndsWith("\n\n", StringComparison.Ordinal) ? "|+" : value.EndsWith('\n') ? "|" : "|-";
        text.Append(' ').Append(keep).Append('\n');
        var body = value.EndsWith('\n') ? value[..^1] : value;
        foreach (var line in body.Split('\n'))
        {
            text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    private static string Key(string name) => IsPlain(name) ? name : JsonSerializer.Serialize(name, Quoted);

    private static string Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => IsPlain(element.GetString()!) ? element.GetString()! : JsonSerializer.Serialize(element.GetString(), Quoted),
        JsonValueKind.Object => "{}",
        JsonValueKind.Array => "[]",
        _ => element.GetRawText(),
    };

    /// <summary>Whether a string reads back as the same string without quotes, in YAML 1.1 and 1.2 alike.</summary>
    private static bool IsPlain(string value) =>
        value.Length > 0
        && char.IsAsciiLetter(value[0]) | value[0] is '/' or '.' or '_'
        && !value.EndsWith(' ')
        && !value.EndsWith(':')
        && value.All(c => c is >= ' ' and not '\x7f')
        && !value.Contains(": ", StringComparison.Ordinal)
        && !value.Contains(" #", StringComparison.Ordinal)
        && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && !Reserved.Contains(value);

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "null", "y", "n", ".nan", ".inf", "nan", "inf", "infinity",
    };
}
