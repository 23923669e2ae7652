using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Planning.Diff;

/// <summary>Writes field paths as people read them: <c>spec.template.spec.containers[name=web].image</c>.</summary>
internal static partial class FieldPath
{
    public static string Field(string parent, string key)
    {
        if (!PlainKey().IsMatch(key))
        {
            return $"{parent}[\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";
        }

        return parent.Length == 0 ? key : $"{parent}.{key}";
    }

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    public static string Item(string parent, string key) => $"{parent}[{key}]";

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex PlainKey();
}
