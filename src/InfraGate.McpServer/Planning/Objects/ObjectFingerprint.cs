using System.Text.Json.Nodes;
using InfraGate.Plans.Sealing;

namespace InfraGate.McpServer.Planning.Objects;

/// <summary>
/// Tells whether an object is still what was reviewed: the hash of its canonical JSON without noise. A Pod becoming ready does not change it, an edited
/// spec or label does. An object that is being deleted has another one, for its <c>deletionTimestamp</c> counts.
/// </summary>
internal static class ObjectFingerprint
{
    /// <summary>The fingerprint of an object without noise: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Of(JsonObject withoutNoise) => OfCanonical(CanonicalJson.ToText(withoutNoise));

    /// <summary>The fingerprint of an object that is already canonical.</summary>
    public static string OfCanonical(string canonical) => PlanDigest.Of(System.Text.Encoding.UTF8.GetBytes(canonical)).Value;
}
