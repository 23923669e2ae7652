namespace InfraGate.Plans;

/// <summary>One number that the plan changes.</summary>
/// <param name="Target">The object, for example <c>Deployment/nginx-demo</c>.</param>
/// <param name="Measure">What is counted: <c>replicas</c>, <c>containers</c>, <c>ports</c>, <c>keys</c>.</param>
/// <param name="Before">The number now; null when the object does not exist.</param>
/// <param name="After">The number afterwards; null when the object goes.</param>
public sealed record ImpactFigure(string Target, string Measure, int? Before, int? After);

/// <summary>What the plan means for the namespace.</summary>
/// <param name="Sentence">One plain sentence, at most 200 characters.</param>
/// <param name="Figures">The numbers behind it.</param>
public sealed record PlanImpact(string Sentence, IReadOnlyList<ImpactFigure> Figures);
