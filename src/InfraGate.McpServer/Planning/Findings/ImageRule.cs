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
        var path = $"{container.Path}.image";
        if (!ImageReference.TryParse(container.Spec.TextAt("image"), out var image))
        {
            yield break;
        }

        if (image.IsMutable)
        {
            var what = image.Tag is null ? "has no tag, which means latest" : $"has the tag '{image.Tag}', which names no version";
            yield return new Observation(FindingCodes.MutableImageTag, $"The image of container {container.Name} {what}: what runs can change without a plan.", reference, path);
        }

        if (draft.Policy.ImageRegistries is { Count: > 0 } allowed && !allowed.Any(image.IsFrom))
        {
            yield return new Observation(
                FindingCodes.ImageRegistry,
                $"The image of container {container.Name} comes from {image.Registry}/{image.Path}; allowed are {string.Join(", ", allowed)}.",
                reference,
                path);
        }
    }

    private static bool Changes(DraftTarget target, TemplateContainer container) =>
        target.Changes.Any(change => change.Path == $"{container.Path}.image" && change.After is JsonValue);
}
