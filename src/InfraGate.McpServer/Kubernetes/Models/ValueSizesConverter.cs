using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>Reads a map of strings as a map of their sizes in UTF-8 bytes, without making the strings.</summary>
internal sealed class ValueSizesConverter : JsonConverter<IReadOnlyDictionary<string, int>>
{
    public override IReadOnlyDictionary<string, int>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        var sizes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            sizes[key] = reader.TokenType is JsonTokenType.String ? Size(ref reader) : 0;
        }

        return sizes;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, int> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("ConfigMaps are only read here.");

    private static int Size(ref Utf8JsonReader reader)
    {
        var raw = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped)
        {
            return raw;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw);
        try
        {
            return reader.CopyString(buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
