using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Texts in the request that do not look like what they are: bidirectional and invisible characters, letters of another script among Latin ones.</summary>
internal sealed class HiddenCharactersRule : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Targets.Where(target => target.Sent is not null).SelectMany(target => Visit(target.Reference, "", target.Sent));

    private static IEnumerable<Observation> Visit(string reference, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    var member = FieldPath.Field(path, key);
                    foreach (var observation in Judge(reference, member, key).Concat(Visit(reference, member, value)))
                    {
                        yield return observation;
                    }
                }

                break;
            case JsonArray list:
                foreach (var observation in list.SelectMany((item, index) => Visit(reference, FieldPath.Item(path, index), item)))
                {
                    yield return observation;
                }

                break;
            default:
                foreach (var observation in Judge(reference, path, node.Text()))
                {
                    yield return observation;
                }

                break;
        }
    }

    private static IEnumerable<Observation> Judge(string reference, string path, string? text)
    {
        if (text is not null && DeceptiveText.Describe(text) is { } what)
        {
            var shown = DeceptiveText.Escape(path);
            yield return new Observation(FindingCodes.HiddenCharacters, $"The text at {shown} holds {what}; it is not what it looks like.", reference, shown);
        }
    }
}
