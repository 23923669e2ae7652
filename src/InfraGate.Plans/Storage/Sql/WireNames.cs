using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>The names of enum members in the database: those they have in JSON, so that there is one mapping.</summary>
internal static class WireNames
{
    /// <summary>How lists and objects are kept in a column.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The name of a member.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum => Names<T>.ByMember[member];

    /// <summary>The member of a name.</summary>
    /// <exception cref="FormatException">No member has it.</exception>
    public static T Parse<T>(string name)
        where T : struct, Enum => Names<T>.ByName.TryGetValue(name, out var member) ? member : throw new FormatException($"'{name}' is no {typeof(T).Name}.");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByMember = Enum.GetValues<T>().ToDictionary(member => member, member => JsonSerializer.SerializeToElement(member).GetString()!);
        public static readonly Dictionary<string, T> ByName = ByMember.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
