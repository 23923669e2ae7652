using System.Globalization;

namespace InfraGate.ApprovalUi.Diff;

/// <summary>
/// What stands before a line: its numbers and its sign, as one text of even width, so that a browser has one thing to lay out for each line instead of three.
/// </summary>
/// <param name="Digits">The digits of the largest number.</param>
public readonly record struct DiffGutter(int Digits)
{
    /// <summary>The gutter of a comparison.</summary>
    public static DiffGutter Of(ObjectDiff diff) => new(diff.Lines.Count.ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>Both numbers and the sign.</summary>
    public string Both(DiffLine line) => $"{Number(line.Old)} {Number(line.New)} {Mark(line.Kind)} ";

    /// <summary>One side's number and the sign.</summary>
    public string One(DiffLine line, int? number) => $"{Number(number)} {Mark(line.Kind)} ";

    /// <summary>The sign that says what colour says, for those who cannot see it.</summary>
    private static string Mark(DiffLineKind kind) => kind switch
    {
        DiffLineKind.Added => "+",
        DiffLineKind.Removed => "−",
        _ => " ",
    };

    private string Number(int? number) => (number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty).PadLeft(Digits);
}
