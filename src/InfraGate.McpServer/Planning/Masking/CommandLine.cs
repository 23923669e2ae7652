using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>One word of a container's command line.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Index">Its place in the list.</param>
/// <param name="Option">The option that names it: <c>password</c> for the second word of <c>["--password", "hunter2"]</c>; empty without one.</param>
/// <param name="Text">The word.</param>
internal sealed record CommandWord(JsonNode Node, int Index, string Option, string Text);

/// <summary>Reads what a container is started with.</summary>
internal static class CommandLine
{
    /// <summary>The fields of a container, and of a probe's or hook's <c>exec</c>, that hold one.</summary>
    public static readonly IReadOnlyList<string> Fields = ["command", "args"];

    /// <summary>The words of a list, each with the option before it.</summary>
    public static IEnumerable<CommandWord> Words(JsonArray? list)
    {
        var option = "";
        for (var index = 0; index < list?.Count; index++)
        {
            if (list[index].Text() is not { } text)
            {
                continue;
            }

            yield return new CommandWord(list[index]!, index, option, text);
            option = text.StartsWith('-') && !text.Contains('=', StringComparison.Ordinal) ? text.TrimStart('-') : "";
        }
    }
}
