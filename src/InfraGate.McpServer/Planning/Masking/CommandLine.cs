using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>One word of a container's command line.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Field">The field that holds it.</param>
/// <param name="Index">Its place in the list there.</param>
/// <param name="Text">The word.</param>
/// <param name="Credentials">The parts of it that must not be shown: all of the second word of <c>["--password", "hunter2"]</c>.</param>
internal sealed record CommandWord(JsonNode Node, string Field, int Index, string Text, IReadOnlyList<CredentialSpan> Credentials);

/// <summary>Reads what a container is started with, and what its probes and hooks run in it.</summary>
internal static class CommandLine
{
    /// <summary>The fields of a container, and of a probe's or hook's <c>exec</c>, that hold one: what is in them is run as one line.</summary>
    public static readonly IReadOnlyList<string> Fields = ["command", "args"];

    /// <summary>The words in the fields of a container or an <c>exec</c>; none where there is no such field.</summary>
    public static IReadOnlyList<CommandWord> Words(CredentialDetector detector, JsonNode? holder)
    {
        var words = new List<CommandWord>();
        foreach (var field in Fields)
        {
            Add(words, field, holder.At(field) as JsonArray);
        }

        if (words.Count == 0)
        {
            return words;
        }

        var found = detector.FindInCommand(words.ConvertAll(word => word.Text));
        return [.. words.Zip(found, (word, credentials) => word with { Credentials = credentials })];
    }

    private static void Add(List<CommandWord> words, string field, JsonArray? items)
    {
        for (var i = 0; i < items?.Count; i++)
        {
            if (items[i] is { } item && item.Text() is { } text)
            {
                words.Add(new CommandWord(item, field, i, text, []));
            }
        }
    }
}
