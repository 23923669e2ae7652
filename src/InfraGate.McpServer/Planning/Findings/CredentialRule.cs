using InfraGate.McpServer.Planning.Masking;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Credentials in places that anyone who may read the object can read.</summary>
internal sealed class CredentialRule(CredentialDetector detector) : IFindingRule
{
    private static readonly string[] DataFields = ["data", "binaryData"];

    public IEnumerable<Observation> Look(PlanDraft draft) =>
        draft.Operation is PlanOperation.Apply
            ? [.. draft.Of(ObjectKind.Deployment).SelectMany(InEnvironment), .. draft.Of(ObjectKind.Deployment).SelectMany(InCommandLine), .. draft.Of(ObjectKind.ConfigMap).SelectMany(InConfigMap)]
            : [];

    private IEnumerable<Observation> InEnvironment(DraftTarget target) =>
        from container in PodTemplates.Containers(target.Result)
        from variable in container.Spec.MapsAt("env")
        let name = variable.TextAt("name") ?? ""
        let value = variable.TextAt("value")
        where !string.IsNullOrEmpty(value) && detector.LooksSecret(name, value)
        select new Observation(
            FindingCodes.PlainSecret,
            $"The environment variable {name} of container {container.Name} looks like a credential in plain text; use a Secret and valueFrom.",
            target.Reference,
            $"{container.Path}.env[name={name}].value");

    private IEnumerable<Observation> InCommandLine(DraftTarget target) =>
        from container in PodTemplates.Containers(target.Result)
        from command in PodTemplates.Commands(container)
        from word in CommandLine.Words(detector, command.Holder)
        where word.Credentials.Count > 0
        select new Observation(
            FindingCodes.PlainSecret,
            $"A word of the {command.Name} of container {container.Name} looks like or holds a credential in plain text; use a Secret, valueFrom and $(NAME).",
            target.Reference,
            Diff.FieldPath.Item($"{command.Path}.{word.Field}", word.Index));

    // Only what the request brings: what else lives in the ConfigMap is neither its doing nor for showing.
    private IEnumerable<Observation> InConfigMap(DraftTarget target) =>
        from field in DataFields
        from entry in target.Sent.TextsAt(field)
        where detector.LooksSecret(entry.Key, entry.Value)
        select new Observation(
            FindingCodes.PlainSecret,
            $"The entry {entry.Key} looks like or holds a credential; ConfigMaps are no place for one, use a Secret.",
            target.Reference,
            Diff.FieldPath.Field(field, entry.Key));
}
