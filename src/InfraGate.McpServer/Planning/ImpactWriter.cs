using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning;

/// <summary>Says what a plan means in numbers and in one sentence.</summary>
internal static class ImpactWriter
{
    private const int ReferencesShown = 3;

    /// <summary>The sentence is never cut: its end is where an image's tag and digest stand. It is bounded by its parts, a few names and at most one image.</summary>
    public static PlanImpact Of(PlanDraft draft, RequestedOperation operation) => new(Sentence(draft, operation), [.. draft.Targets.SelectMany(Figures)]);

    private static IEnumerable<ImpactFigure> Figures(DraftTarget target)
    {
        if (target.Kind == ObjectKind.Deployment)
        {
            yield return Figure(target, "replicas", Replicas.Of);
            yield return Figure(target, "containers", deployment => PodTemplates.PodSpec(deployment).MapsAt("containers").Count());
            yield return Figure(target, "ports", deployment => PodTemplates.Containers(deployment).Sum(container => container.Spec.MapsAt("ports").Count()));
        }
        else if (target.Kind == ObjectKind.Service)
        {
            yield return Figure(target, "ports", service => service.MapsAt("spec", "ports").Count());
        }
        else
        {
            yield return Figure(target, "keys", map => map.TextsAt("data").Count() + map.TextsAt("binaryData").Count());
        }
    }

    private static ImpactFigure Figure(DraftTarget target, string measure, Func<JsonObject, int> count) =>
        new(target.Reference, measure, target.Live is null ? null : count(target.Live), target.Result is null ? null : count(target.Result));

    private static string Sentence(PlanDraft draft, RequestedOperation operation)
    {
        var first = draft.Targets[0];
        return operation.Operation switch
        {
            PlanOperation.Scale => $"{first.Reference} goes from {Count(Replicas.Of(first.Live))} to {Count(Replicas.Of(first.Result))}.",
            PlanOperation.Restart => $"{first.Reference} replaces its {Count(Replicas.Of(first.Live))} one after the other.",
            PlanOperation.SetImage => $"{first.Reference} runs {operation.Arguments.TextAt("image")} in container {operation.Arguments.TextAt("container")}{(first.RollsOut ? $" and replaces its {Count(Replicas.Of(first.Live))}" : ", as it does now")}.",
            PlanOperation.Delete => $"Deletes {References(draft.Targets)}{DeletedPods(draft)}.",
            _ => ApplySentence(draft),
        };
    }

    private static string ApplySentence(PlanDraft draft)
    {
        var parts = new List<string>();
        Add(TargetChange.Create, "creates");
        Add(TargetChange.Update, "changes");
        Add(TargetChange.None, "leaves as it is");
        var rollouts = draft.Targets.Where(target => target.RollsOut).ToArray();
        var sentence = string.Join(", ", parts) + (rollouts.Length == 0 ? "" : $"; {References(rollouts)} {(rollouts.Length == 1 ? "replaces its" : "replace their")} Pods");
        return $"{char.ToUpperInvariant(sentence[0])}{sentence.AsSpan(1)}.";

        void Add(TargetChange change, string verb)
        {
            if (draft.Targets.Where(target => target.Change == change).ToArray() is { Length: > 0 } targets)
            {
                parts.Add($"{verb} {References(targets)}");
            }
        }
    }

    private static string DeletedPods(PlanDraft draft) =>
        draft.Of(ObjectKind.Deployment).Sum(target => Replicas.Of(target.Live)) is > 0 and var pods ? $" and {(draft.Targets.Count == 1 ? "its" : "their")} {Count(pods)}" : "";

    private static string References(IReadOnlyList<DraftTarget> targets)
    {
        var shown = string.Join(", ", targets.Take(ReferencesShown).Select(target => target.Reference));
        return targets.Count <= ReferencesShown ? shown : $"{shown} and {targets.Count - ReferencesShown} more";
    }

    private static string Count(int pods) => pods == 1 ? "1 Pod" : $"{pods} Pods";
}
