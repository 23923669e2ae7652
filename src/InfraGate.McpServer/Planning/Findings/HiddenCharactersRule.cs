using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>
/// Texts in the request that do not look like what they are: bidirectional and invisible characters, letters and punctuation that are read as ASCII. The values of annotations are
/// prose unless the word in question is made like an address, path or flag: dashes, quotes and unusual spaces of good typography in them are no finding.
/// </summary>
internal sealed class HiddenCharactersRule : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Targets.Where(target => target.Sent is not null).SelectMany(target => Visit(target.Reference, "", target.Sent, Place.Elsewhere));

    private static IEnumerable<Observation> Visit(string reference, string path, JsonNode? node, Place place)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    var member = FieldPath.Field(path, key);
                    foreach (var observation in Judge(reference, member, key, isProse: false).Concat(Visit(reference, member, value, Below(place, key))))
                    {
                        yield return observation;
                    }
                }

                break;
            case JsonArray list:
                foreach (var observation in list.SelectMany((item, index) => Visit(reference, FieldPath.Item(path, index), item, place is Place.Annotations ? place : Place.Elsewhere)))
                {
                    yield return observation;
                }

                break;
            default:
                foreach (var observation in Judge(reference, path, node.Text(), place is Place.Annotations))
                {
                    yield return observation;
                }

                break;
        }
    }

    private static IEnumerable<Observation> Judge(string reference, string path, string? text, bool isProse)
    {
        if (text is not null && DeceptiveText.Describe(text, isProse) is { } what)
        {
            var shown = DeceptiveText.Escape(path);
            yield return new Observation(FindingCodes.HiddenCharacters, $"The text at {shown} holds {what}; it is not what it looks like.", reference, shown);
        }
    }

    private static Place Below(Place place, string key) => (place, key) switch
    {
        (Place.Annotations, _) or (Place.Metadata, "annotations") => Place.Annotations,
        (_, "metadata") => Place.Metadata,
        _ => Place.Elsewhere,
    };

    private enum Place
    {
        Elsewhere,
        Metadata,
        Annotations,
    }
}
