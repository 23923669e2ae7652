namespace InfraGate.Plans.Findings;

/// <summary>Something about a plan that its reviewer should know.</summary>
/// <param name="Id">Unique within the plan; what an approver's tick refers to, for example <c>f1</c>.</param>
/// <param name="Code">What kind of finding it is, stable, the key by which a policy file changes its severity: <c>mutable-image-tag</c>.</param>
/// <param name="Severity">How much it asks of the approver, the policy already considered.</param>
/// <param name="Message">One plain sentence with the facts.</param>
/// <param name="Target">The object it is about, for example <c>Deployment/nginx-demo</c>; null when it is about the plan as a whole.</param>
/// <param name="Path">The field it is about; null when there is no single one.</param>
public sealed record Finding(string Id, string Code, FindingSeverity Severity, string Message, string? Target, string? Path);
