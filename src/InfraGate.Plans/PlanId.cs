using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.Plans;

/// <summary>
/// Names one plan: the UTC day it was made, a hyphen and eight random Crockford base-32 characters (40 bits), for example <c>20261120-7QK2M9ZX</c>.
/// A value of this type is always well formed. An id is a name, not a secret: knowing it allows nothing.
/// </summary>
[JsonConverter(typeof(PlanIdJsonConverter))]
public readonly record struct PlanId : IComparable<PlanId>
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int RandomLength = 8;
    private const int DayLength = 8;

    private static readonly SearchValues<char> AlphabetCharacters = SearchValues.Create(Alphabet);

    private readonly string? _value;

    private PlanId(string value) => _value = value;

    /// <summary>The text form, 17 characters.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default PlanId names no plan.");

    /// <summary>Makes a new random id for the day that <paramref name="now"/> falls on in UTC.</summary>
    public static PlanId New(DateTimeOffset now) =>
        new(now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetString(Alphabet, RandomLength));

    /// <summary>Reads an id; letters may be lower case. False for anything that is not exactly of the form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlanId id)
    {
        id = default;
        if (text is null || text.Length != DayLength + 1 + RandomLength || text[DayLength] != '-')
        {
            return false;
        }

        var value = text.ToUpperInvariant();
        if (!DateTime.TryParseExact(value.AsSpan(0, DayLength), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || value.AsSpan(DayLength + 1).ContainsAnyExcept(AlphabetCharacters))
        {
            return false;
        }

        id = new PlanId(value);
        return true;
    }

    /// <summary>Reads an id that must be well formed.</summary>
    /// <exception cref="FormatException">The text is not a plan id.</exception>
    public static PlanId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A plan id has the form yyyyMMdd-XXXXXXXX.");

    /// <inheritdoc />
    public int CompareTo(PlanId other) => string.CompareOrdinal(_value, other._value);

    /// <summary>Orders by the text form.</summary>
    public static bool operator <(PlanId left, PlanId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by the text form.</summary>
    public static bool operator >(PlanId left, PlanId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by the text form.</summary>
    public static bool operator <=(PlanId left, PlanId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by the text form.</summary>
    public static bool operator >=(PlanId left, PlanId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => _value ?? string.Empty;

    private sealed class PlanIdJsonConverter : JsonConverter<PlanId>
    {
        public override PlanId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a plan id.");

        public override void Write(Utf8JsonWriter writer, PlanId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
