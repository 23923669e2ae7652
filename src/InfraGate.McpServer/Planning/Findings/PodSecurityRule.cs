using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>What a Pod template asks of the node beyond running a program, by the Pod Security Standards of Kubernetes.</summary>
internal sealed class PodSecurityRule : IFindingRule
{
    private static readonly string[] HostNamespaces = ["hostNetwork", "hostPID", "hostIPC"];
    private static readonly string[] Limited = ["cpu", "memory"];

    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Operation is PlanOperation.Apply
            ? draft.Of(ObjectKind.Deployment).SelectMany(target => PodTemplates.PodSpec(target.Result) is { } pod ? LookAt(target, pod) : [])
            : [];

    private static IEnumerable<Observation> LookAt(DraftTarget target, JsonObject pod)
    {
        foreach (var shared in HostNamespaces.Where(field => pod.IsTrueAt(field)))
        {
            yield return new Observation(FindingCodes.HostNamespace, $"The Pods share the node's own namespace ({shared}).", target.Reference, $"{PodTemplates.PodPath}.{shared}");
        }

        foreach (var volume in pod.MapsAt("volumes").Where(volume => volume.At("hostPath") is not null))
        {
            yield return new Observation(
                FindingCodes.HostPath,
                $"The volume {volume.TextAt("name")} is the folder {volume.TextAt("hostPath", "path")} of the node.",
                target.Reference,
                $"{PodTemplates.PodPath}.volumes[name={volume.TextAt("name")}].hostPath");
        }

        foreach (var container in PodTemplates.Containers(target.Result))
        {
            foreach (var observation in LookAt(target.Reference, pod, container))
            {
                yield return observation;
            }
        }
    }

    private static IEnumerable<Observation> LookAt(string reference, JsonObject pod, TemplateContainer container)
    {
        var security = container.Spec["securityContext"];
        if (security.IsTrueAt("privileged"))
        {
            yield return new Observation(
                FindingCodes.Privileged, $"Container {container.Name} runs privileged: it can do on the node what root can.", reference, $"{container.Path}.securityContext.privileged");
        }

        if (security.At("capabilities", "add") is JsonArray { Count: > 0 } added)
        {
            yield return new Observation(
                FindingCodes.AddedCapability,
                $"Container {container.Name} gets the capabilities {string.Join(", ", added.Select(item => item.Text()))}.",
                reference,
                $"{container.Path}.securityContext.capabilities.add");
        }

        if (security.IsTrueAt("allowPrivilegeEscalation"))
        {
            yield return new Observation(
                FindingCodes.AddedCapability, $"Container {container.Name} may gain more privileges than it starts with.", reference, $"{container.Path}.securityContext.allowPrivilegeEscalation");
        }

        foreach (var port in container.Spec.MapsAt("ports").Where(port => port.NumberAt("hostPort") is > 0))
        {
            yield return new Observation(
                FindingCodes.HostPath, $"Container {container.Name} opens port {port.NumberAt("hostPort")} of the node.", reference, $"{container.Path}.ports");
        }

        if (RunsAsRoot(pod, security) is { } reason)
        {
            yield return new Observation(FindingCodes.RunsAsRoot, $"Container {container.Name} {reason}.", reference, $"{container.Path}.securityContext");
        }

        var missing = Limited.Where(resource => container.Spec.At("resources", "limits", resource) is null).ToArray();
        if (missing.Length > 0)
        {
            yield return new Observation(
                FindingCodes.NoLimits, $"Container {container.Name} has no limit for {string.Join(" and ", missing)}.", reference, $"{container.Path}.resources.limits");
        }
    }

    private static string? RunsAsRoot(JsonObject pod, JsonNode? container)
    {
        var user = container.NumberAt("runAsUser") ?? pod.NumberAt("securityContext", "runAsUser");
        if (user is { } id)
        {
            return id == 0 ? "runs as root (runAsUser 0)" : null;
        }

        var nonRoot = container.At("runAsNonRoot") is null ? pod.IsTrueAt("securityContext", "runAsNonRoot") : container.IsTrueAt("runAsNonRoot");
        return nonRoot ? null : "may run as root: neither runAsNonRoot nor runAsUser is set";
    }
}
