namespace InfraGate.ApprovalUi.Diff;

/// <summary>How a line of the diff relates to the two sides.</summary>
public enum DiffLineKind
{
    /// <summary>On both sides.</summary>
    Same,

    /// <summary>Only on the old side.</summary>
    Removed,

    /// <summary>Only on the new side.</summary>
    Added,
}

/// <summary>One line of a unified diff.</summary>
/// <param name="Kind">Same, removed or added.</param>
/// <param name="Old">The line number on the old side, from 1; null for an added line.</param>
/// <param name="New">The line number on the new side, from 1; null for a removed line.</param>
/// <param name="Text">The line.</param>
public readonly record struct DiffLine(DiffLineKind Kind, int? Old, int? New, string Text);
