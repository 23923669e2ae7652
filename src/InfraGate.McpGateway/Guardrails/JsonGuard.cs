using System.Buffers;
using System.Text.Json;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Cleans every string of a JSON document, property names included, and hides the values that a name beside them tells to be secret.</summary>
internal sealed class JsonGuard(TextGuard text)
{
    /// <summary>Cleans a document.</summary>
    /// <returns>The clean document; the given one when it was clean already.</returns>
    public JsonElement Clean(JsonElement document, GuardrailFindings findings)
    {
        var reading = new DocumentReading(text, findings);
        reading.Read(document);
        if (!reading.Finish())
        {
            return document;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            reading.Write(document, writer);
        }

        var json = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref json);
    }

    /// <summary>Says what is in a document without changing it.</summary>
    public void Inspect(JsonElement document, GuardrailFindings findings)
    {
        var reading = new DocumentReading(text, findings);
        reading.Read(document);
        reading.Finish();
    }
}
