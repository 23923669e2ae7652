using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Where images come from and whether their names stay true.</summary>
internal sealed class ImageRule : IFindingRule
{
    public IEnumerable<Observation> Look(PlanDraft draft)
    {
        if (draft.Operation is not (PlanOperation.Apply or PlanOperation.SetImage))
        {
            yield break;
        }

        foreach (var target in draft.Of(ObjectKind.Deployment))
        {
            foreach (var image in PodTemplates.Images(target.Result).Where(image => draft.Operation is PlanOperation.Apply || Changes(target, image)))
            {
                foreach (var observation in LookAt(draft, target.Reference, image))
                {
                    yield return observation;
                }
            }
        }
    }

    private static IEnumerable<Observation> LookAt(PlanDraft draft, string reference, TemplateImage used)
    {
        // A name that cannot be read is judged as the worst it could be: a container runtime may well read it.
        var image = ImageReference.TryParse(used.Name, out var named) ? named : null;
        if (Mutability(image) is { } mutability)
        {
            yield return new Observation(FindingCodes.MutableImageTag, $"The image of {used.User} {mutability}: what runs can change without a plan.", reference, used.Path);
        }

        if (draft.Policy.ImageRegistries is { Count: > 0 } allowed && (image is null || !allowed.Any(image.IsFrom)))
        {
            var origin = image is null ? "is not written as the name of an image, so that nothing says where it comes from" : $"comes from {image.Registry}/{image.Path}";
            yield return new Observation(FindingCodes.ImageRegistry, $"The image of {used.User} {origin}; allowed are {string.Join(", ", allowed)}.", reference, used.Path);
        }
    }

    private static string? Mutability(ImageReference? image) => image switch
    {
        null => "is not written as the name of an image",
        { IsMutable: false } => null,
        { Tag: null } => "has no tag, which means latest",
        _ => $"has the tag '{image.Tag}', which names no version",
    };

    private static bool Changes(DraftTarget target, TemplateImage image) =>
        target.Changes.Any(change => change.Path == image.Path && change.After is JsonValue);
}
