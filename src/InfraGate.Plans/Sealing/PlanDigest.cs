using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.Plans.Sealing;

/// <summary>
/// SHA-256 over the canonical JSON of a plan's sealed content, written <c>sha256:</c> and 64 lower-case hex digits. Whoever has the digest can tell
/// whether a plan is the one that was reviewed.
/// </summary>
[JsonConverter(typeof(PlanDigestJsonConverter))]
public readonly record struct PlanDigest
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private PlanDigest(string value) => _value = value;

    /// <summary>The text form.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default PlanDigest is no digest.");

    /// <summary>The digest of canonical bytes.</summary>
    public static PlanDigest Of(ReadOnlySpan<byte> canonicalJson) => new(Prefix + Convert.ToHexStringLower(SHA256.HashData(canonicalJson)));

    /// <summary>Reads a digest; false for anything that is not exactly of the form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlanDigest digest)
    {
        digest = default;
        if (text is null || text.Length != Prefix.Length + HexLength || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        digest = new PlanDigest(text);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => _value ?? string.Empty;

    private sealed class PlanDigestJsonConverter : JsonConverter<PlanDigest>
    {
        public override PlanDigest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("Not a plan digest.");

        public override void Write(Utf8JsonWriter writer, PlanDigest value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
