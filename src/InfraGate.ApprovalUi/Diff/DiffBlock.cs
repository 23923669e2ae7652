namespace InfraGate.ApprovalUi.Diff;

/// <summary>A run of lines that is shown together: changes with their context, or unchanged lines that may be folded.</summary>
/// <param name="Lines">The lines, all of them.</param>
/// <param name="IsFoldable">True only when every line is unchanged: a change is never folded away.</param>
public sealed record DiffBlock(IReadOnlyList<DiffLine> Lines, bool IsFoldable);
