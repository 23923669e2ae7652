using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>Looks up the ConfigMaps and Secrets that a Pod refers to.</summary>
internal sealed class PodDependencies(ObjectStore store, ResourceCatalog catalog)
{
    /// <summary>What keeps the volumes from being mounted, or null.</summary>
    public string? MountProblem(JsonObject pod)
    {
        var space = pod.Text("metadata", "namespace")!;
        foreach (var volume in pod.Items("spec", "volumes"))
        {
            var problem = Missing(space, catalog.ConfigMaps, "configmap", volume.Object("configMap"), "name")
                ?? Missing(space, catalog.Secrets, "secret", volume.Object("secret"), "secretName");
            if (problem is not null)
            {
                return $"MountVolume.SetUp failed for volume \"{volume.Text("name")}\" : {problem}";
            }
        }

        return null;
    }

    /// <summary>What keeps a container's environment from being made, or null.</summary>
    public string? EnvironmentProblem(JsonObject pod, string container)
    {
        var space = pod.Text("metadata", "namespace")!;
        var spec = pod.Items("spec", "containers").First(item => item.Text("name") == container);
        var sources = spec.Items("envFrom").Concat(spec.Items("env").Select(item => item.Object("valueFrom")).OfType<JsonObject>());
        return sources.Select(source =>
                Missing(space, catalog.ConfigMaps, "configmap", source.Object("configMapRef") ?? source.Object("configMapKeyRef"), "name")
                ?? Missing(space, catalog.Secrets, "secret", source.Object("secretRef") ?? source.Object("secretKeyRef"), "name"))
            .FirstOrDefault(problem => problem is not null);
    }

    private string? Missing(string space, ResourceType type, string kind, JsonObject? reference, string nameField)
    {
        if (reference?.Text(nameField) is not { } name || reference.Boolean("optional") == true)
        {
            return null;
        }

        var found = store.Find(type, space, name);
        if (found is null)
        {
            return $"{kind} \"{name}\" not found";
        }

        var key = reference.Text("key");
        return key is null || found.Parse().Object("data")?.ContainsKey(key) == true
            ? null
            : $"couldn't find key {key} in {(kind == "configmap" ? "ConfigMap" : "Secret")} {space}/{name}";
    }
}
