using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Selectors;

/// <summary>A field selector (<c>status.phase=Running,metadata.name!=x</c>) over the fields that the resource allows.</summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<(string Field, string Value, bool Equal)> _terms;

    private FieldSelector(IReadOnlyList<(string Field, string Value, bool Equal)> terms) => _terms = terms;

    public bool MatchesEverything => _terms.Count == 0;

    /// <summary>The only name it can match, or null.</summary>
    public string? Name => _terms.Where(term => term.Equal && term.Field == "metadata.name").Select(term => term.Value).FirstOrDefault();

    /// <summary>Parses a query; throws <see cref="FormatException"/> for malformed text or a field that cannot be selected by.</summary>
    public static FieldSelector Parse(string? text, ServedResource resource)
    {
        var terms = new List<(string, string, bool)>();
        foreach (var term in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = term.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"invalid selector: '{text}'; can't understand '{term}'");
            }

            var negated = term[equals - 1] == '!';
            var label = term[..(negated ? equals - 1 : equals)].Trim();
            var field = resource.FieldLabel(label) ?? throw new FormatException(
                resource.Type.SelectableFields.Count > 0
                    ? $"field label not supported: {label}"
                    : $"\"{label}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
            terms.Add((field, Unescape(term[(equals + 1)..].TrimStart('=').Trim()), !negated));
        }

        return new FieldSelector(terms);
    }

    public bool Matches(StoredObject candidate) =>
        _terms.All(term => (candidate.Fields.GetValueOrDefault(term.Field, string.Empty) == term.Value) == term.Equal);

    private static string Unescape(string value) =>
        value.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\=", "=", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
}
