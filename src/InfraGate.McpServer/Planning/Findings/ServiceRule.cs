using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>A Service that opens to the outside, or that leads somewhere else than before.</summary>
internal sealed class ServiceRule : IFindingRule
{
    private static readonly string[] Outside = ["NodePort", "LoadBalancer"];

    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Of(ObjectKind.Service).Where(target => target.Change is TargetChange.Create or TargetChange.Update).SelectMany(LookAt);

    private static IEnumerable<Observation> LookAt(DraftTarget target)
    {
        var (before, after) = (Type(target.Live), Type(target.Result));
        if (Outside.Contains(after) && (target.Live is null || !Outside.Contains(before)))
        {
            yield return new Observation(
                FindingCodes.ExposedService, $"The Service becomes reachable from outside the cluster (type {after}).", target.Reference, "spec.type");
        }

        if (HasExternalAddress(target.Result) && !HasExternalAddress(target.Live))
        {
            yield return new Observation(
                FindingCodes.ExposedService, "The Service becomes reachable from outside the cluster at external addresses.", target.Reference, "spec.externalIPs");
        }

        if (target.Live is not null && ObjectDiff.Compare(Selector(target.Live), Selector(target.Result)).Count > 0)
        {
            yield return new Observation(
                FindingCodes.SelectorChange,
                $"The Service selects other Pods: {Write(target.Live)} becomes {Write(target.Result)}.",
                target.Reference,
                "spec.selector");
        }
    }

    private static string Type(JsonObject? service) => service.TextAt("spec", "type") ?? "ClusterIP";

    private static bool HasExternalAddress(JsonObject? service) => service.At("spec", "externalIPs") is JsonArray { Count: > 0 };

    private static JsonObject? Selector(JsonObject? service) => service.At("spec", "selector") as JsonObject;

    private static string Write(JsonObject? service)
    {
        var terms = string.Join(',', service.TextsAt("spec", "selector").Select(term => $"{term.Key}={term.Value}"));
        return terms.Length == 0 ? "no selector" : terms;
    }
}
