using System.Text;
using System.Text.Json;
using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Sealing;

/// <summary>
/// Tells whether what people see of a plan is what will run. The digest covers both and ties neither to the other: whoever can put a whole plan into the database could show one request
/// and have another one sent.
/// </summary>
internal static class PlanViews
{
    /// <summary>
    /// Whether every view is its original but for values behind fingerprints that are theirs, and every original has the fingerprint that the cluster is compared with.
    /// </summary>
    public static bool AreTrue(PlanContent content)
    {
        try
        {
            return content.Targets.All(IsTrue);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return false;
        }
    }

    private static bool IsTrue(PlanTarget target)
    {
        var deletes = target.Change == TargetChange.Delete;
        return deletes == (target.Request.Method == "DELETE")
            && deletes == target.DryRun is null
            && Shows(target.Request.BodyView, target.Request.Body)
            && Shows(target.BeforeView, target.Live)
            && Shows(target.AfterView, target.DryRun)
            && FingerprintOf(target.Live) == target.Fingerprint
            && FingerprintOf(target.DryRun) == target.DryRunFingerprint;
    }

    private static string? FingerprintOf(string? json) => json is null ? null : PlanDigest.Of(Canonical(json)).Value;

    private static bool Shows(string? view, string? original)
    {
        if (view is null || original is null)
        {
            return view is null && original is null;
        }

        using var shown = JsonDocument.Parse(Canonical(view));
        using var exact = JsonDocument.Parse(Canonical(original));
        return Shows(shown.RootElement, exact.RootElement);
    }

    private static bool Shows(JsonElement view, JsonElement original)
    {
        if (view.ValueKind != original.ValueKind)
        {
            return false;
        }

        switch (original.ValueKind)
        {
            case JsonValueKind.Object:
                return view.EnumerateObject().Zip(original.EnumerateObject()).All(pair => pair.First.Name == pair.Second.Name && Shows(pair.First.Value, pair.Second.Value))
                    && view.GetPropertyCount() == original.GetPropertyCount();
            case JsonValueKind.Array:
                return view.GetArrayLength() == original.GetArrayLength() && view.EnumerateArray().Zip(original.EnumerateArray()).All(pair => Shows(pair.First, pair.Second));
            case JsonValueKind.String:
                return MaskedText.Shows(view.GetString()!, original.GetString()!);
            default:
                return view.GetRawText() == original.GetRawText();
        }
    }

    // In canonical form members have one order and numbers one spelling, and a member that is there twice is refused.
    private static byte[] Canonical(string json) => CanonicalJson.Encode(Encoding.UTF8.GetBytes(json));
}
