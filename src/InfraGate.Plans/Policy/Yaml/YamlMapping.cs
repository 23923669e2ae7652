using YamlDotNet.RepresentationModel;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>Takes the members of a YAML mapping one by one; what nobody took at the end is an unknown key.</summary>
internal sealed class YamlMapping
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _members = new(StringComparer.Ordinal);
    private readonly List<PolicyMistake> _mistakes;
    private readonly List<string> _known = [];

    private YamlMapping(YamlMappingNode node, List<PolicyMistake> mistakes)
    {
        _mistakes = mistakes;
        Line = node.Start.Line;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                _members[name] = (key, value);
            }
            else
            {
                mistakes.Add(new PolicyMistake(key.Start.Line, "a key must be a plain text."));
            }
        }
    }

    /// <summary>Where it starts.</summary>
    public long Line { get; }

    /// <summary>A node as a mapping; null, with the mistake noted, when it is something else.</summary>
    public static YamlMapping? From(YamlNode node, string what, List<PolicyMistake> mistakes)
    {
        if (node is YamlMappingNode mapping)
        {
            return new YamlMapping(mapping, mistakes);
        }

        mistakes.Add(new PolicyMistake(node.Start.Line, $"{what} must be a mapping of keys and values."));
        return null;
    }

    /// <summary>The keys with their values, for mappings whose keys are data.</summary>
    public IEnumerable<(Located<string> Key, YamlNode Value)> TakeAll()
    {
        _known.AddRange(_members.Keys);
        return _members.Select(member => (new Located<string>(member.Key, member.Value.Key.Start.Line), member.Value.Value));
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    public YamlNode? Take(string key)
    {
        _known.Add(key);
        return _members.TryGetValue(key, out var member) ? member.Value : null;
    }

    /// <summary>A single value, read by <paramref name="parse"/>; null when it is not there or, with the mistake noted, cannot be read.</summary>
    public Located<T>? TakeValue<T>(string key, Func<string, T?> parse, string expected)
        where T : struct => Take(key) is { } node && ReadValue(node, key, parse, expected) is { } value ? value : null;

    /// <summary>A single text; null when it is not there or, with the mistake noted, is none.</summary>
    public Located<string>? TakeText(string key) => Take(key) is { } node ? ReadText(node, key) : null;

    /// <summary>A list of texts; one text alone is a list of one.</summary>
    public IReadOnlyList<Located<string>>? TakeTexts(string key) => TakeList(key)?.Select(node => ReadText(node, key)).OfType<Located<string>>().ToList();

    /// <summary>A list of at least one text; null when it is not there or, with the mistake noted, is empty.</summary>
    public IReadOnlyList<Located<string>>? TakeSomeTexts(string key)
    {
        if (Take(key) is not YamlSequenceNode { Children.Count: 0 } empty)
        {
            return TakeTexts(key);
        }

        _mistakes.Add(new PolicyMistake(empty.Start.Line, $"{key} must not be empty: that would let everybody in. Leave it out where nothing is said."));
        return null;
    }

    /// <summary>A list of values; one value alone is a list of one.</summary>
    public IReadOnlyList<Located<T>>? TakeValues<T>(string key, Func<string, T?> parse, string expected)
        where T : struct => TakeList(key)?.Select(node => ReadValue(node, key, parse, expected)).OfType<Located<T>>().ToList();

    /// <summary>The elements of a list; a single node alone is a list of one.</summary>
    public IReadOnlyList<YamlNode>? TakeList(string key) => Take(key) switch
    {
        null => null,
        YamlSequenceNode sequence => [.. sequence.Children],
        { } single => [single],
    };

    /// <summary>Notes every key that nobody took.</summary>
    public void RefuseOthers(string what)
    {
        foreach (var (name, member) in _members.Where(member => !_known.Contains(member.Key)))
        {
            _mistakes.Add(new PolicyMistake(member.Key.Start.Line, $"'{name}' is unknown in {what}; known are {string.Join(", ", _known)}."));
        }
    }

    /// <summary>A node as a value.</summary>
    public Located<T>? ReadValue<T>(YamlNode node, string key, Func<string, T?> parse, string expected)
        where T : struct
    {
        if (node is YamlScalarNode { Value: { } text } && parse(text) is { } value)
        {
            return new Located<T>(value, node.Start.Line);
        }

        _mistakes.Add(new PolicyMistake(node.Start.Line, $"{key} must be {expected}."));
        return null;
    }

    private Located<string>? ReadText(YamlNode node, string key)
    {
        if (node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
        {
            return new Located<string>(text.Trim(), node.Start.Line);
        }

        _mistakes.Add(new PolicyMistake(node.Start.Line, $"{key} must be a text."));
        return null;
    }
}
