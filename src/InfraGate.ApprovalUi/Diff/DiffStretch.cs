namespace InfraGate.ApprovalUi.Diff;

/// <summary>Lines that a browser need not lay out before somebody looks at them. <c>app.css</c> knows how high a whole stretch is.</summary>
internal static class DiffStretch
{
    /// <summary>The lines of a whole one.</summary>
    public const int Lines = 40;

    /// <summary>The class of a stretch of some lines; null for a short one, whose height nobody knows beforehand.</summary>
    public static string? Css(int lines) => lines == Lines ? "stretch" : null;
}
