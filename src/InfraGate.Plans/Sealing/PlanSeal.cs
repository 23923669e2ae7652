using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.Plans.Sealing;

/// <summary>A plan's content in the form in which it is stored and signed: canonical JSON and its digest.</summary>
/// <param name="Json">The canonical JSON (RFC 8785) of the content.</param>
/// <param name="Digest">Its digest.</param>
public sealed record PlanSeal(string Json, PlanDigest Digest)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Seals a content.</summary>
    public static PlanSeal Of(PlanContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var document = JsonSerializer.SerializeToDocument(content, Options);
        var canonical = CanonicalJson.Encode(document.RootElement);
        return new PlanSeal(Encoding.UTF8.GetString(canonical), PlanDigest.Of(canonical));
    }

    /// <summary>Whether a stored text is what a digest was taken of: to the byte, which costs one hash, or at least in its canonical form.</summary>
    public static bool IsOf(string json, PlanDigest digest)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PlanDigest.Of(Encoding.UTF8.GetBytes(json)) == digest || (TryRecompute(json, out var recomputed) && recomputed == digest);
    }

    /// <summary>
    /// The digest of a stored text, recomputed from its canonical form. False when the text is not JSON that a seal could hold, which is
    /// tampering like any other difference.
    /// </summary>
    public static bool TryRecompute(string json, out PlanDigest digest)
    {
        try
        {
            digest = PlanDigest.Of(CanonicalJson.Encode(Encoding.UTF8.GetBytes(json)));
            return true;
        }
        catch (FormatException)
        {
            digest = default;
            return false;
        }
    }

    /// <summary>Reads a stored text.</summary>
    /// <exception cref="JsonException">The text is not a plan's content.</exception>
    public static PlanContent Open(string json) =>
        JsonSerializer.Deserialize<PlanContent>(json, Options) ?? throw new JsonException("A plan's content is null.");
}
