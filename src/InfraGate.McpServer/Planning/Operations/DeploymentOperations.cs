using System.Globalization;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>
/// The three operations on one Deployment. Each is a patch that names only the field it means and sets it to a value fixed when the plan is made: sending it
/// twice changes nothing more. They are patches rather than applies, since an apply by a manager releases every field that it leaves out; each has a field
/// manager of its own, so that a later apply of a manifest names in its conflict what was changed since, and by what.
/// </summary>
internal static class DeploymentOperations
{
    public const string ScaleTool = "request_scale_deployment";
    public const string RestartTool = "request_restart_deployment";
    public const string SetImageTool = "request_set_deployment_image";

    /// <summary>The annotation that <c>kubectl rollout restart</c> sets as well.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    private static readonly string[] ContainerLists = ["containers", "initContainers"];

    public static RequestedOperation Scale(string @namespace, string name, int replicas) => new(
        PlanOperation.Scale,
        ScaleTool,
        new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["replicas"] = replicas },
        Manifest: null,
        _ => [Change(name, "infragate-scale", PatchKind.Merge, ScaleBody(replicas))]);

    public static RequestedOperation Restart(string @namespace, string name) => new(
        PlanOperation.Restart,
        RestartTool,
        new JsonObject { ["name"] = name, ["namespace"] = @namespace },
        Manifest: null,
        createdAt => [Change(name, "infragate-restart", PatchKind.Merge, RestartBody(createdAt))]);

    public static RequestedOperation SetImage(string @namespace, string name, string container, ImageReference image) => new(
        PlanOperation.SetImage,
        SetImageTool,
        new JsonObject { ["container"] = container, ["image"] = image.Text, ["name"] = name, ["namespace"] = @namespace },
        Manifest: null,
        _ =>
        [
            Change(name, "infragate-set-image", PatchKind.StrategicMerge, SetImageBody(ContainerLists[0], container, image)) with
            {
                Body = live => SetImageBody(ListOf(live, name, container), container, image),
            },
        ]);

    private static RequestedChange Change(string name, string fieldManager, PatchKind patch, JsonObject body) => new(ObjectKind.Deployment, name)
    {
        Patch = patch,
        FieldManager = fieldManager,
        Body = _ => body.DeepClone().AsObject(),
        LikelyBody = body,
    };

    private static JsonObject ScaleBody(int replicas) => new() { ["spec"] = new JsonObject { ["replicas"] = replicas } };

    private static JsonObject RestartBody(DateTimeOffset createdAt)
    {
        var annotations = new JsonObject { [RestartedAt] = createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        return new JsonObject
        {
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } },
        };
    }

    // A strategic merge would add a container that does not exist.
    private static string ListOf(JsonObject? live, string name, string container) =>
        ContainerLists.FirstOrDefault(list => Names(live, list).Contains(container, StringComparer.Ordinal))
            ?? throw new ToolException(
                ToolErrorCode.InvalidArgument,
                $"Deployment '{name}' has no container '{container}'.",
                $"Its containers are {string.Join(", ", ContainerLists.SelectMany(list => Names(live, list)))}.");

    private static JsonObject SetImageBody(string list, string container, ImageReference image)
    {
        var patch = new JsonObject { ["name"] = container, ["image"] = image.Text };
        return new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject { ["spec"] = new JsonObject { [list] = new JsonArray(patch) } },
            },
        };
    }

    private static IEnumerable<string> Names(JsonObject? live, string list) =>
        live.MapsAt("spec", "template", "spec", list).Select(container => container.TextAt("name")).OfType<string>();
}
