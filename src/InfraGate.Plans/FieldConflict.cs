namespace InfraGate.Plans;

/// <summary>A field that another manager owns and would lose if the plan's server-side apply is forced.</summary>
/// <param name="Path">The field as the API server names it, for example <c>.spec.replicas</c>.</param>
/// <param name="Manager">The field manager that owns it now.</param>
public sealed record FieldConflict(string Path, string Manager);
