using System.Buffers;

namespace InfraGate.McpServer.Planning.Diff;

/// <summary>Writes field paths as people read them: <c>spec.template.spec.containers[name=web].image</c>.</summary>
internal static class FieldPath
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static string Field(string parent, string key)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(Plain))
        {
            return $"{parent}[\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
        }

        return parent.Length == 0 ? key : $"{parent}.{key}";
    }

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    public static string Item(string parent, string key) => $"{parent}[{key}]";
}
