using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Tools;

/// <summary>Reads what a client put into <c>_meta</c>: never validated by a schema, so anything may stand there.</summary>
internal static class MetaReading
{
    /// <summary>What <paramref name="read"/> finds; <paramref name="otherwise"/> where a name that stands twice or half a surrogate makes it unreadable.</summary>
    public static T Read<T>(JsonObject? meta, Func<JsonObject, T> read, T otherwise)
    {
        try
        {
            return meta is null ? otherwise : read(meta);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return otherwise;
        }
    }

    /// <summary>The text of that name; null when there is none, or none that can be read.</summary>
    public static string? TextOrNull(JsonObject? meta, string name) =>
        Read(meta, found => found[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null, otherwise: null);
}
