using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection.Resources;

/// <summary>Describes what a Pod is made of; every list is cut to a bound and says what it left out.</summary>
internal sealed class TemplateDescriber(int items)
{
    /// <summary>Characters of a word of a command line.</summary>
    private const int WordLength = 160;

    public TemplateView Describe(DetailedPodSpec spec, IReadOnlyDictionary<string, string>? labels) => new()
    {
        Labels = labels,
        ServiceAccount = spec.ServiceAccountName,
        HostNetwork = spec.HostNetwork is true ? true : null,
        NodeSelector = spec.NodeSelector is { Count: > 0 } selector ? Inspection.Describe.Map(selector) : null,
        ImagePullSecrets = Cut(spec.ImagePullSecrets, secret => secret.Name ?? ""),
        InitContainers = Bounded.OrNull((spec.InitContainers ?? []).Take(items).Select(Container).ToList()),
        Containers = Bounded.OrNull((spec.Containers ?? []).Take(items).Select(Container).ToList()),
        Volumes = Cut(spec.Volumes, volume => $"{volume.Name} {Source(volume)}"),
    };

    private ContainerView Container(DetailedContainer container)
    {
        (string Name, Probe? Probe)[] probes = [("liveness", container.LivenessProbe), ("readiness", container.ReadinessProbe), ("startup", container.StartupProbe)];

        // Both lists are one line: an option may end the one and its value start the other.
        var words = ShownCommand.Words([.. container.Command ?? [], .. container.Args ?? []]);
        var inCommand = container.Command?.Count ?? 0;
        var env = (container.Env ?? []).Select(Variable).Concat((container.EnvFrom ?? []).Select(Variables)).ToList();
        return new ContainerView
        {
            Name = container.Name,
            Image = container.Image,
            PullPolicy = container.ImagePullPolicy,
            Command = Cut(words.Take(inCommand).ToList(), word => Bounded.Text(word, WordLength)),
            Args = Cut(words.Skip(inCommand).ToList(), word => Bounded.Text(word, WordLength)),
            Ports = Cut(container.Ports, port => $"{(port.Name is null ? "" : $"{port.Name} ")}{port.Number}/{port.Protocol ?? "TCP"}"),
            Env = Cut(env, text => text),
            Requests = container.Resources?.Requests is { Count: > 0 } requests ? Inspection.Describe.Map(requests) : null,
            Limits = container.Resources?.Limits is { Count: > 0 } limits ? Inspection.Describe.Map(limits) : null,
            Probes = Bounded.OrNull(probes.Where(probe => probe.Probe is not null).Select(probe => $"{probe.Name} {Inspection.Describe.Probe(probe.Probe!)}").ToList()),
            Mounts = Cut(container.VolumeMounts, mount => $"{mount.Name} at {mount.MountPath}{(mount.ReadOnly is true ? " read-only" : "")}"),
        };
    }

    private static string Variable(EnvironmentVariable variable) => variable.ValueFrom switch
    {
        { SecretKeyRef: { } secret } => $"{variable.Name} from Secret/{secret.Name} {secret.Key}",
        { ConfigMapKeyRef: { } map } => $"{variable.Name} from ConfigMap/{map.Name} {map.Key}",
        { FieldRef: { } field } => $"{variable.Name} from field {field.FieldPath}",
        { ResourceFieldRef: { } resource } => $"{variable.Name} from resource {resource.Resource}",
        _ => $"{variable.Name}={SecretValues.Show(variable.Name, variable.Value ?? "")}",
    };

    private static string Variables(EnvironmentSource source) =>
        $"{(source.Prefix is null ? "" : $"{source.Prefix}* ")}all of {(source.SecretRef is { } secret ? $"Secret/{secret.Name}" : $"ConfigMap/{source.ConfigMapRef?.Name}")}";

    private static string Source(Volume volume) => volume switch
    {
        { ConfigMap: { } map } => $"ConfigMap/{map.Name}",
        { Secret: { } secret } => $"Secret/{secret.SecretName}",
        { PersistentVolumeClaim: { } claim } => $"PersistentVolumeClaim/{claim.ClaimName}",
        { HostPath: { } host } => $"hostPath {host.Path}",
        { EmptyDir: not null } => "emptyDir",
        { Projected: not null } => "projected",
        { DownwardAPI: not null } => "downwardAPI",
        { Image: { } image } => $"image {image.Reference}",
        _ => "other",
    };

    private List<string>? Cut<T>(IReadOnlyList<T>? list, Func<T, string> describe)
    {
        if (list is not { Count: > 0 })
        {
            return null;
        }

        var shown = list.Take(items).Select(describe).ToList();
        return list.Count > items ? [.. shown, $"{list.Count - items} more"] : shown;
    }
}
