using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Tools;

/// <summary>The arguments of one call, checked against the tool's parameters; inside a tool they need no further check.</summary>
internal sealed partial class ToolArguments
{
    private const int QuotedLength = 60;
    private readonly Dictionary<string, object> _values;

    private ToolArguments(Dictionary<string, object> values) => _values = values;

    /// <summary>Checks and binds what the client sent.</summary>
    /// <exception cref="ToolException"><see cref="ToolErrorCode.InvalidArgument"/>, naming the argument and what it should be.</exception>
    public static ToolArguments Bind(IReadOnlyList<ToolParameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>>? sent)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in sent ?? [])
        {
            var parameter = parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
                ?? throw Unknown(name, parameters);

            // Clients that fill every property of a schema send null for what they leave out.
            if (value.ValueKind is JsonValueKind.Null && !parameter.Required)
            {
                continue;
            }

            values[name] = Convert(parameter, value);
        }

        foreach (var parameter in parameters)
        {
            if (values.ContainsKey(parameter.Name))
            {
                continue;
            }

            if (parameter.Required)
            {
                throw Invalid($"'{parameter.Name}' is missing.", $"Send '{parameter.Name}': {Expectation(parameter)}.");
            }

            if (parameter.DefaultNumber is { } number)
            {
                values[parameter.Name] = number;
            }
        }

        return new ToolArguments(values);
    }

    public string Text(string name) => (string)_values[name];

    public string? TextOrNull(string name) => _values.TryGetValue(name, out var value) ? (string)value : null;

    public int Number(string name) => (int)_values[name];

    public bool Flag(string name) => _values.TryGetValue(name, out var value) && (bool)value;

    private static object Convert(ToolParameter parameter, JsonElement value) => parameter.Type switch
    {
        ToolParameterType.Flag when value.ValueKind is JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        ToolParameterType.Integer when Integer(value) is { } number && number >= parameter.Minimum && number <= parameter.Maximum => number,
        ToolParameterType.Integer or ToolParameterType.Flag => throw Mismatch(parameter, value),
        _ when value.ValueKind is not JsonValueKind.String => throw Mismatch(parameter, value),
        ToolParameterType.DnsLabel => Matching(parameter, value, DnsLabel(), 63),
        ToolParameterType.DnsName => Matching(parameter, value, DnsName(), 253),
        _ => BoundedText(parameter, value),
    };

    private static string Matching(ToolParameter parameter, JsonElement value, Regex pattern, int maxLength)
    {
        var text = Decoded(parameter, value);
        return text.Length <= maxLength && pattern.IsMatch(text) ? text : throw Mismatch(parameter, value);
    }

    private static string BoundedText(ToolParameter parameter, JsonElement value)
    {
        var text = Decoded(parameter, value);
        var allowed = text.Length <= parameter.MaxLength && (parameter.Values is null || parameter.Values.Contains(text, StringComparer.Ordinal));
        return allowed ? text : throw Mismatch(parameter, value);
    }

    private static string Decoded(ToolParameter parameter, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half a surrogate pair, which is no text in any encoding; there is no TryGetString.
            throw Mismatch(parameter, value);
        }
    }

    private static int? Integer(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.Truncate(number) == number
            && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    private static ToolException Unknown(string name, IReadOnlyList<ToolParameter> parameters)
    {
        var known = parameters.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", parameters.Select(p => p.Name))}.";
        return Invalid($"'{Shown(name)}' is not an argument of this tool.", known);
    }

    private static ToolException Mismatch(ToolParameter parameter, JsonElement value) =>
        Invalid($"'{parameter.Name}' must be {Expectation(parameter)}, not {Shown(value.GetRawText())}.", "Correct the argument and call again.");

    private static ToolException Invalid(string message, string hint) => new(ToolErrorCode.InvalidArgument, message, hint);

    private static string Expectation(ToolParameter parameter) => parameter switch
    {
        { Type: ToolParameterType.Flag } => "true or false",
        { Type: ToolParameterType.Integer, Maximum: int.MaxValue } => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {parameter.Minimum}"),
        { Type: ToolParameterType.Integer } => $"a whole number from {parameter.Minimum} to {parameter.Maximum}",
        { Type: ToolParameterType.DnsLabel } => "a lower-case DNS label (a-z, 0-9, '-') of at most 63 characters",
        { Type: ToolParameterType.DnsName } => "a lower-case DNS name (a-z, 0-9, '-', '.') of at most 253 characters",
        { Values: { } values } => $"one of {string.Join(", ", values)}",
        _ => $"text of at most {parameter.MaxLength} characters",
    };

    /// <summary>What the client sent, short and on one line: it is quoted back into the conversation.</summary>
    private static string Shown(string sent)
    {
        var line = new StringBuilder(QuotedLength);
        foreach (var rune in sent.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                continue;
            }

            if (line.Length + rune.Utf16SequenceLength > QuotedLength)
            {
                return $"{line}...";
            }

            line.Append(rune);
        }

        return line.ToString();
    }

    [GeneratedRegex("^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsLabel();

    [GeneratedRegex("^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsName();
}
