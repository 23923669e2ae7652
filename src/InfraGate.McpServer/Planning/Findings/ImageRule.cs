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
            foreach (var container in PodTemplates.Containers(target.Result).Where(container => draft.Operation is PlanOperation.Apply || Changes(target, container)))
            {
                foreach (var observation in LookAt(draft, target.Reference, container))
                {
                    yield return observation;
                }
            }
        }
    }

    private static IEnumerable<Observation> LookAt(PlanDraft draft, string reference, TemplateContainer container)
    {
        // A name that cannot be read is judged as the worst it could be: a container runtime may well read it.
        var image = ImageReference.TryParse(container.Spec.TextAt("image"), out var named) ? named : null;
        var path = $"{container.Path}.image";
        if (Mutability(image) is { } mutability)
        {
            yield return new Observation(FindingCodes.MutableImageTag, $"The image of container {container.Name} {mutability}: what runs can change without a plan.", reference, path);
        }

        if (draft.Policy.ImageRegistries is { Count: > 0 } allowed && (image is null || !allowed.Any(image.IsFrom)))
        {
            var origin = image is null ? "is not written as the name of an image, so that nothing says where it comes from" : $"comes from {image.Registry}/{image.Path}";
            yield return new Observation(FindingCodes.ImageRegistry, $"The image of container {container.Name} {origin}; allowed are {string.Join(", ", allowed)}.", reference, path);
        }
    }

    private static string? Mutability(ImageReference? image) => image switch
    {
        null => "is not written as the name of an image",
        { IsMutable: false } => null,
        { Tag: null } => "has no tag, which means latest",
        _ => $"has the tag '{image.Tag}', which names no version",
    };

    private static bool Changes(DraftTarget target, TemplateContainer container) =>
        target.Changes.Any(change => change.Path == $"{container.Path}.image" && change.After is JsonValue);
}
