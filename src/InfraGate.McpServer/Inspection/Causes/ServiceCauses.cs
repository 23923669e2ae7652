using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>Recognises why a Service leads nowhere.</summary>
/// <param name="pods">The Pods its selector matches.</param>
/// <param name="nearMisses">Label sets of other Pods that share a key with the selector, to show what it may have meant.</param>
internal sealed class ServiceCauses(Service service, IReadOnlyList<Pod> pods, ServiceEndpoints endpoints, IReadOnlyList<string> nearMisses)
{
    private readonly string _object = $"Service/{service.Metadata.Name}";

    public IEnumerable<Cause> Find()
    {
        if (service.Spec.Type is "ExternalName")
        {
            return [];
        }

        if (service.Spec.Selector is not { Count: > 0 } selector)
        {
            return endpoints.Ready > 0 ? [] : [WithoutSelector()];
        }

        return pods.Count == 0 ? [MatchesNothing(selector)] : [.. UnexposedPorts(), .. Unready()];
    }

    private Cause WithoutSelector() => new(
        CauseSeverity.Warning,
        Cause.NoSelector,
        [_object],
        "it has no selector and nobody has given it endpoints",
        ["spec.selector is empty"],
        "Give it a selector with request_apply_manifest, unless its endpoints are managed elsewhere.");

    private Cause MatchesNothing(IReadOnlyDictionary<string, string> selector) => new(
        CauseSeverity.Critical,
        Cause.SelectorMatchesNothing,
        [_object],
        $"its selector {Describe.Map(selector)} matches no Pod",
        [$"spec.selector {Describe.Map(selector)}", .. nearMisses.Take(2).Select(labels => $"Pods there are labelled {labels}")],
        "Correct the selector with request_apply_manifest, or deploy Pods with these labels; get_k8s_status shows what runs.");

    private IEnumerable<Cause> UnexposedPorts()
    {
        foreach (var port in service.Spec.Ports ?? [])
        {
            var exposing = pods.Count(pod => Exposes(pod, port));
            if (exposing > 0)
            {
                continue;
            }

            var target = port.TargetPort?.ToString() ?? $"{port.Port}";
            var exposed = (pods[0].Spec.Containers ?? []).SelectMany(container => (container.Ports ?? [])
                .Select(its => $"{container.Name} {(its.Name is null ? "" : $"{its.Name}=")}{its.Number}")).ToList();

            // A number reaches a listening process whether it is declared or not; a name that no container declares reaches nothing.
            var byName = port.TargetPort?.Name is not null;
            yield return new Cause(
                byName ? CauseSeverity.Critical : CauseSeverity.Warning,
                Cause.TargetPortUnexposed,
                [_object],
                byName
                    ? $"port {port.Port} leads to the port named {target}, which no container has"
                    : $"port {port.Port} leads to {target}, which no container declares; it works only if a process listens there all the same",
                [$"targetPort {target}", exposed.Count == 0 ? "containers declare no ports" : $"containers declare {string.Join(", ", exposed.Take(6))}"],
                "Correct targetPort, or the container's ports, with request_apply_manifest.")
            {
                Detail = target,
            };
        }
    }

    private IEnumerable<Cause> Unready()
    {
        if (endpoints.Ready > 0)
        {
            yield break;
        }

        yield return new Cause(
            CauseSeverity.Critical,
            Cause.NoReadyEndpoints,
            [_object],
            $"{Bounded.Count(pods.Count, "Pod")} {(pods.Count == 1 ? "matches" : "match")}, none is ready, so nothing answers",
            [$"endpoints ready=0 notReady={endpoints.NotReady}"],
            $"get_pod_diagnostics podName={pods[0].Metadata.Name} tells why it is not ready.");
    }

    private static bool Exposes(Pod pod, ServicePort port) =>
        (pod.Spec.Containers ?? []).SelectMany(container => container.Ports ?? []).Any(its =>
            string.Equals(its.Protocol ?? "TCP", port.Protocol ?? "TCP", StringComparison.Ordinal)
            && (port.TargetPort?.Name is { } name ? string.Equals(its.Name, name, StringComparison.Ordinal) : its.Number == (port.TargetPort?.Number ?? port.Port)));
}
