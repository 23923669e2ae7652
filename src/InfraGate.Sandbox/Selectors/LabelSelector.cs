using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Selectors;

/// <summary>
/// A label selector as queries write it (<c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>) or as objects hold it (matchLabels, matchExpressions).
/// </summary>
internal sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    public static LabelSelector Everything { get; } = new([]);

    public bool MatchesEverything => _requirements.Count == 0;

    /// <summary>Parses a query; throws <see cref="FormatException"/> with the reason.</summary>
    public static LabelSelector Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Everything : new LabelSelector([.. Split(text).Select(ParseRequirement)]);

    /// <summary>Reads <c>spec.selector</c> of a workload. A missing selector matches nothing, an empty one everything.</summary>
    public static LabelSelector FromObject(JsonObject? selector)
    {
        if (selector is null)
        {
            return new LabelSelector([new Requirement(string.Empty, SelectorOperator.Exists, [])]);
        }

        var equal = selector.Map("matchLabels").Select(pair => new Requirement(pair.Key, SelectorOperator.In, [pair.Value]));
        var expressions = selector.Items("matchExpressions").Select(item => new Requirement(
            item.Text("key") ?? string.Empty,
            Enum.Parse<SelectorOperator>(item.Text("operator") ?? nameof(SelectorOperator.In)),
            [.. (item.List("values") ?? []).Select(value => value.Text() ?? string.Empty)]));
        return new LabelSelector([.. equal, .. expressions]);
    }

    /// <summary>A plain map of labels, as Services select by.</summary>
    public static LabelSelector FromMap(IReadOnlyDictionary<string, string> labels) =>
        new([.. labels.Select(pair => new Requirement(pair.Key, SelectorOperator.In, [pair.Value]))]);

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.All(requirement => requirement.Matches(labels));

    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[index] == ',' && depth == 0)
            {
                yield return text[start..index].Trim();
                start = index + 1;
            }
        }

        yield return text[start..].Trim();
    }

    private static Requirement ParseRequirement(string text)
    {
        if (Membership().Match(text) is { Success: true } membership)
        {
            return Valid(new Requirement(
                membership.Groups["key"].Value,
                membership.Groups["operator"].Value == "in" ? SelectorOperator.In : SelectorOperator.NotIn,
                [.. membership.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries)]));
        }

        if (Equality().Match(text) is { Success: true } equality)
        {
            return Valid(new Requirement(
                equality.Groups["key"].Value,
                equality.Groups["operator"].Value == "!=" ? SelectorOperator.NotIn : SelectorOperator.In,
                [equality.Groups["value"].Value]));
        }

        if (text.Length > 0 && Operators().Match(text) is { Success: true } misplaced)
        {
            throw new FormatException($"found '{misplaced.Value}', expected: !, identifier, or 'end of string'");
        }

        return text.StartsWith('!')
            ? Valid(new Requirement(text[1..].Trim(), SelectorOperator.DoesNotExist, []))
            : Valid(new Requirement(text, SelectorOperator.Exists, []));
    }

    private static Requirement Valid(Requirement requirement)
    {
        if (!Key().IsMatch(requirement.Key))
        {
            throw new FormatException($"unable to parse requirement: invalid label key \"{requirement.Key}\"");
        }

        var bad = requirement.Values.FirstOrDefault(value => !Value().IsMatch(value));
        return bad is null
            ? requirement
            : throw new FormatException($"unable to parse requirement: invalid label value: \"{bad}\"");
    }

    [GeneratedRegex("^(==|!=|=|,|\\)|\\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Operators();

    [GeneratedRegex(@"^(?<key>\S+)\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Membership();

    [GeneratedRegex(@"^(?<key>[^=!\s]+)\s*(?<operator>==|=|!=)\s*(?<value>[^=!\s]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Equality();

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    private sealed record Requirement(string Key, SelectorOperator Operator, IReadOnlyList<string> Values)
    {
        public bool Matches(IReadOnlyDictionary<string, string> labels)
        {
            var present = labels.TryGetValue(Key, out var value);
            return Operator switch
            {
                SelectorOperator.In => present && Values.Contains(value!),
                SelectorOperator.NotIn => !present || !Values.Contains(value!),
                SelectorOperator.Exists => present,
                _ => !present,
            };
        }
    }
}

/// <summary>The operators of a selector requirement, named as in matchExpressions.</summary>
internal enum SelectorOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
