using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Diff;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>A Service that opens to the outside, or that leads somewhere else than before.</summary>
internal sealed class ServiceRule : IFindingRule
{
    private const int AddressesShown = 5;
    private static readonly string[] Outward = ["NodePort", "LoadBalancer"];

    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Of(ObjectKind.Service).Where(target => target.Change is TargetChange.Create or TargetChange.Update).SelectMany(LookAt);

    private static IEnumerable<Observation> LookAt(DraftTarget target)
    {
        var (before, after) = (Type(target.Live), Type(target.Result));
        if (Array.IndexOf(Outward, after) > Array.IndexOf(Outward, before))
        {
            var how = Outward.Contains(before) ? $"from further outside the cluster ({before} becomes {after})" : $"from outside the cluster (type {after})";
            yield return new Observation(FindingCodes.ExposedService, $"The Service becomes reachable {how}.", target.Reference, "spec.type");
        }

        var added = ExternalAddresses(target.Result).Except(ExternalAddresses(target.Live), StringComparer.Ordinal).ToArray();
        if (added.Length > 0)
        {
            yield return new Observation(
                FindingCodes.ExposedService, $"The Service becomes reachable from outside the cluster at {Shown(added)}.", target.Reference, "spec.externalIPs");
        }

        if (before == after && after == "LoadBalancer")
        {
            var opened = SourceRanges.Of(target.Result).BeyondThoseOf(SourceRanges.Of(target.Live));
            if (opened.Count > 0)
            {
                yield return new Observation(
                    FindingCodes.ExposedService, $"The load balancer lets in addresses that it kept out: {Shown(opened)}.", target.Reference, "spec.loadBalancerSourceRanges");
            }
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

    private static IEnumerable<string> ExternalAddresses(JsonObject? service) =>
        (service.At("spec", "externalIPs") as JsonArray ?? []).Select(address => address.Text()).OfType<string>();

    private static string Shown(IReadOnlyCollection<string> addresses) =>
        string.Join(", ", addresses.Take(AddressesShown)) + (addresses.Count > AddressesShown ? $" and {addresses.Count - AddressesShown} more" : "");

    private static JsonObject? Selector(JsonObject? service) => service.At("spec", "selector") as JsonObject;

    private static string Write(JsonObject? service)
    {
        var terms = string.Join(',', service.TextsAt("spec", "selector").Select(term => $"{term.Key}={term.Value}"));
        return terms.Length == 0 ? "no selector" : terms;
    }
}
