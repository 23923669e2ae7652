using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>A container of a Pod template with the path to it.</summary>
internal sealed record TemplateContainer(string Name, JsonObject Spec, string Path);

/// <summary>A command that is run in a container.</summary>
/// <param name="Name">What it is, as a reader would say it: <c>command line</c>, <c>readinessProbe</c>.</param>
/// <param name="Holder">What holds its words; null where there is no such command.</param>
/// <param name="Path">The path to the holder.</param>
internal sealed record TemplateCommand(string Name, JsonNode? Holder, string Path);

/// <summary>An image that a Pod template uses.</summary>
/// <param name="User">What uses it, as a reader would say it: <c>container web</c>, <c>volume model</c>.</param>
/// <param name="Name">Its name as written; null where none is.</param>
/// <param name="Path">The path to the name.</param>
internal sealed record TemplateImage(string User, string? Name, string Path);

/// <summary>Reads the Pod template of a Deployment.</summary>
internal static class PodTemplates
{
    public const string PodPath = "spec.template.spec";
    private static readonly string[] ContainerLists = ["initContainers", "containers"];
    private static readonly string[][] Handlers = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]];
    private static readonly string[] RunningLists = [.. ContainerLists, "ephemeralContainers"];

    public static JsonObject? PodSpec(JsonObject? deployment) => deployment.At("spec", "template", "spec") as JsonObject;

    /// <summary>All containers, those that run first and those that stay.</summary>
    public static IEnumerable<TemplateContainer> Containers(JsonObject? deployment)
    {
        foreach (var list in ContainerLists)
        {
            foreach (var container in PodSpec(deployment).MapsAt(list))
            {
                var name = container.TextAt("name") ?? "";
                yield return new TemplateContainer(name, container, $"{PodPath}.{list}[name={name}]");
            }
        }
    }

    /// <summary>What is run in a container: its own command line and those of its probes and hooks.</summary>
    public static IEnumerable<TemplateCommand> Commands(TemplateContainer container) =>
        Handlers.Select(handler => new TemplateCommand(handler[^1], container.Spec.At([.. handler, "exec"]), $"{container.Path}.{string.Join('.', handler)}.exec"))
            .Prepend(new TemplateCommand("command line", container.Spec, container.Path));

    /// <summary>
    /// All images: those that containers run and those that are mounted as volumes (Kubernetes 1.31, <see href="https://kubernetes.io/docs/concepts/storage/volumes/#image"/>).
    /// </summary>
    public static IEnumerable<TemplateImage> Images(JsonObject? deployment)
    {
        var run = Containers(deployment).Select(container => new TemplateImage($"container {container.Name}", container.Spec.TextAt("image"), $"{container.Path}.image"));
        var mounted =
            from volume in PodSpec(deployment).MapsAt("volumes")
            where volume.At("image") is not null
            let name = volume.TextAt("name") ?? ""
            select new TemplateImage($"volume {name}", volume.TextAt("image", "reference"), $"{PodPath}.volumes[name={name}].image.reference");
        return run.Concat(mounted);
    }

    /// <summary>The labels that the Pods get.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Labels(JsonObject? deployment) => deployment.TextsAt("spec", "template", "metadata", "labels");

    /// <summary>The ConfigMaps that a Pod of this spec mounts or takes variables from, sorted.</summary>
    public static IReadOnlyList<string> ConfigMaps(JsonObject? pod)
    {
        var mounted = pod.MapsAt("volumes").SelectMany(volume =>
            volume.MapsAt("projected", "sources").Select(source => source.TextAt("configMap", "name")).Prepend(volume.TextAt("configMap", "name")));
        var read = RunningLists.SelectMany(list => pod.MapsAt(list)).SelectMany(container =>
            container.MapsAt("envFrom").Select(source => source.TextAt("configMapRef", "name"))
                .Concat(container.MapsAt("env").Select(variable => variable.TextAt("valueFrom", "configMapKeyRef", "name"))));
        return [.. mounted.Concat(read).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a selector of equalities selects these labels; one without a term selects nothing.</summary>
    public static bool Selects(IEnumerable<KeyValuePair<string, string>> selector, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var have = labels.ToDictionary(StringComparer.Ordinal);
        var wanted = selector.ToArray();
        return wanted.Length > 0 && Array.TrueForAll(wanted, term => have.TryGetValue(term.Key, out var value) && value == term.Value);
    }
}
