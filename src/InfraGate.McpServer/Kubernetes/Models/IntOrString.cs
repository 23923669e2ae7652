using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>util/intstr: a port by number or by name.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
internal sealed record IntOrString(int? Number, string? Name)
{
    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "";
}

internal sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? new IntOrString(reader.GetInt32(), Name: null) : new IntOrString(Number: null, reader.GetString());

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Name);
        }
    }
}
