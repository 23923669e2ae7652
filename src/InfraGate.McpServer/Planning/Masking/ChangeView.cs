using InfraGate.McpServer.Planning.Diff;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning.Masking;

/// <summary>Turns exact changes into those that people see. None is left out: a change of a hidden value shows as two fingerprints.</summary>
internal static class ChangeView
{
    public static IReadOnlyList<FieldChange> Of(IReadOnlyList<LeafChange> changes, MaskedObject? before, MaskedObject? after) =>
        [.. changes.Select(change => Of(change, before, after))];

    private static FieldChange Of(LeafChange change, MaskedObject? before, MaskedObject? after)
    {
        var (old, oldMasked) = change.Before is { } left ? before!.Render(left) : (null, false);
        var (current, currentMasked) = change.After is { } right ? after!.Render(right) : (null, false);
        return new FieldChange(change.Path, change.Kind, old, current, oldMasked || currentMasked);
    }
}
