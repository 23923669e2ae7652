using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.Plans;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// Names the calls that would lead back to the objects as the plan found them, last change first. Where that needs a value that must not leave the cluster the call is named
/// without its arguments.
/// </summary>
internal sealed class UndoCalls(CredentialDetector detector)
{
    public IReadOnlyList<UndoCall> Of(PlanContent plan, IReadOnlyList<TargetOutcome> outcomes)
    {
        var changed = outcomes.Where(outcome => outcome.Result is TargetResult.Written or TargetResult.AlreadySo).Select(outcome => outcome.Target).ToHashSet(StringComparer.Ordinal);
        return [.. plan.Targets.Where(target => changed.Contains(target.Reference) && target.Change is not TargetChange.None).Reverse().Select(target => Undo(plan, target))];
    }

    private UndoCall Undo(PlanContent plan, PlanTarget target) => plan.Operation switch
    {
        PlanOperation.Scale => Scale(plan, target),
        PlanOperation.SetImage => SetImage(plan, target),
        PlanOperation.Restart => new UndoCall(DeploymentOperations.RestartTool, Arguments: null, "A restart leaves nothing to undo."),
        _ when target.Change is TargetChange.Create => new UndoCall(
            ManifestOperations.DeleteTool, Arguments(plan, Identity(target)), $"Deletes {target.Reference}, which the plan created."),
        _ => Restore(plan, target),
    };

    private static UndoCall Scale(PlanContent plan, PlanTarget target)
    {
        var replicas = Live(target).NumberAt("spec", "replicas") ?? 1;
        var arguments = new JsonObject { ["namespace"] = plan.Namespace, ["name"] = target.Name, ["replicas"] = replicas };
        return new UndoCall(DeploymentOperations.ScaleTool, arguments.ToJsonString(), Note: null);
    }

    private static UndoCall SetImage(PlanContent plan, PlanTarget target)
    {
        var container = JsonNode.Parse(plan.Intent.Arguments).TextAt("container");
        var pod = Live(target).At("spec", "template", "spec");
        var image = pod.MapsAt("containers").Concat(pod.MapsAt("initContainers")).FirstOrDefault(candidate => candidate.TextAt("name") == container).TextAt("image");
        var arguments = new JsonObject { ["namespace"] = plan.Namespace, ["name"] = target.Name, ["container"] = container, ["image"] = image };
        return new UndoCall(DeploymentOperations.SetImageTool, arguments.ToJsonString(), Note: null);
    }

    private UndoCall Restore(PlanContent plan, PlanTarget target)
    {
        var live = Live(target);
        return MaskedObject.Of(detector, live, sent: null).HidesSomething
            ? new UndoCall(ManifestOperations.ApplyTool, Arguments: null, $"Apply {target.Reference} as it was; it holds values that do not leave the cluster, so take it from where you keep it.")
            : new UndoCall(ManifestOperations.ApplyTool, Arguments(plan, live), $"Applies {target.Reference} as it was.");
    }

    private static string Arguments(PlanContent plan, JsonObject manifest) =>
        new JsonObject { ["namespace"] = plan.Namespace, ["manifest"] = manifest.ToJsonString() }.ToJsonString();

    private static JsonObject Identity(PlanTarget target) => new()
    {
        ["apiVersion"] = target.ApiVersion,
        ["kind"] = target.Kind,
        ["metadata"] = new JsonObject { ["name"] = target.Name },
    };

    private static JsonObject Live(PlanTarget target) => JsonNode.Parse(target.Live!)!.AsObject();
}
