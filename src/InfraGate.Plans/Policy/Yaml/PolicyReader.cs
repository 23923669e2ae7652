using System.Text;
using InfraGate.Plans.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>Reads a policy file into its model. Notes every unknown key and every value of the wrong type with its line, and goes on.</summary>
internal sealed class PolicyReader
{
    private const int MaximumDepth = 10;

    private readonly List<PolicyMistake> _mistakes = [];

    /// <summary>What was found wrong.</summary>
    public IReadOnlyList<PolicyMistake> Mistakes => _mistakes;

    /// <summary>The model; null when the text is not even YAML of the kind that is taken.</summary>
    public PolicyModel? Read(byte[] bytes)
    {
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return RefuseMachinery(text) ? null : ReadDocuments(text);
        }
        catch (YamlException exception)
        {
            _mistakes.Add(new PolicyMistake(exception.Start.Line, exception.Message));
        }
        catch (ArgumentException)
        {
            _mistakes.Add(new PolicyMistake(1, "the file is not UTF-8."));
        }

        return null;
    }

    /// <summary>Anchors, aliases and tags serve nothing here and can hide what a rule says, or make a small file large; deep nesting likewise. Looked for before anything is built.</summary>
    private bool RefuseMachinery(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            var line = parser.Current.Start.Line;
            if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false })
            {
                _mistakes.Add(new PolicyMistake(line, "anchors and aliases are not taken; write the value out."));
            }
            else if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            {
                _mistakes.Add(new PolicyMistake(line, "tags are not taken; write the plain value."));
            }
            else if (depth > MaximumDepth)
            {
                _mistakes.Add(new PolicyMistake(line, "the nesting is too deep."));
                return true;
            }
        }

        return _mistakes.Count > 0;
    }

    private PolicyModel? ReadDocuments(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents.Count != 1)
        {
            _mistakes.Add(new PolicyMistake(1, $"one YAML document is expected; there are {yaml.Documents.Count}."));
            return null;
        }

        return YamlMapping.From(yaml.Documents[0].RootNode, "the policy", _mistakes) is { } root ? ReadRoot(root) : null;
    }

    private PolicyModel ReadRoot(YamlMapping root)
    {
        var version = root.TakeValue("version", PolicyValues.WholeNumber, PolicyValues.WholeNumberForm);
        var defaults = root.Take("defaults") is { } node && YamlMapping.From(node, "defaults", _mistakes) is { } mapping ? ReadDefaults(mapping) : new SettingsModel();
        var rules = Each(root, "rules", ReadRule);
        var windows = Each(root, "windows", ReadWindow);
        root.RefuseOthers("the policy");
        return new PolicyModel(version, defaults, rules, windows);
    }

    private List<T> Each<T>(YamlMapping root, string key, Func<YamlMapping, T> read)
    {
        var node = root.Take(key);
        if (node is not null and not YamlSequenceNode)
        {
            _mistakes.Add(new PolicyMistake(node.Start.Line, $"{key} must be a list."));
            return [];
        }

        return [.. (root.TakeList(key) ?? []).Select(element => YamlMapping.From(element, $"each of {key}", _mistakes)).OfType<YamlMapping>().Select(read)];
    }

    private SettingsModel ReadDefaults(YamlMapping mapping)
    {
        var settings = ReadSettings(mapping);
        mapping.RefuseOthers("defaults");
        return settings;
    }

    private RuleModel ReadRule(YamlMapping mapping)
    {
        var namespaces = mapping.TakeTexts("namespaces");
        var operations = mapping.TakeValues("operations", PolicyValues.Operation, PolicyValues.OperationForm);
        var settings = ReadSettings(mapping);
        mapping.RefuseOthers("a rule");
        return new RuleModel(mapping.Line, namespaces ?? [], operations, settings);
    }

    private SettingsModel ReadSettings(YamlMapping mapping)
    {
        var approvers = mapping.Take("approvers") is { } node ? YamlMapping.From(node, "approvers", _mistakes) : null;
        var settings = new SettingsModel
        {
            Mode = mapping.TakeValue("mode", PolicyValues.Mode, PolicyValues.ModeForm),
            Groups = approvers?.TakeSomeTexts("groups"),
            Subjects = approvers?.TakeSomeTexts("subjects"),
            Approvals = mapping.TakeValue("approvals", PolicyValues.WholeNumber, PolicyValues.WholeNumberForm),
            PlanLifetime = mapping.TakeValue("planLifetime", PolicyValues.Duration, PolicyValues.DurationForm),
            GrantLifetime = mapping.TakeValue("grantLifetime", PolicyValues.Duration, PolicyValues.DurationForm),
            MaximumReplicas = mapping.TakeValue("maximumReplicas", PolicyValues.WholeNumber, PolicyValues.WholeNumberForm),
            ImageRegistries = mapping.TakeTexts("imageRegistries"),
            Windows = mapping.TakeTexts("windows"),
            Severities = ReadSeverities(mapping),
        };
        approvers?.RefuseOthers("approvers");
        return settings;
    }

    private List<SeverityModel> ReadSeverities(YamlMapping mapping)
    {
        if (mapping.Take("severities") is not { } node || YamlMapping.From(node, "severities", _mistakes) is not { } severities)
        {
            return [];
        }

        return [.. severities.TakeAll()
            .Select(pair => (pair.Key, Severity: severities.ReadValue(pair.Value, pair.Key.Value, PolicyValues.Severity, PolicyValues.SeverityForm)))
            .Where(pair => pair.Severity is not null)
            .Select(pair => new SeverityModel(pair.Key, pair.Severity!.Value))];
    }

    private WindowModel ReadWindow(YamlMapping mapping)
    {
        var window = new WindowModel(
            mapping.Line,
            mapping.TakeText("name"),
            mapping.TakeValue("kind", PolicyValues.Kind, PolicyValues.KindForm),
            mapping.TakeValues("days", PolicyValues.Day, PolicyValues.DayForm),
            mapping.TakeValue("start", PolicyValues.TimeOfDay, PolicyValues.TimeOfDayForm),
            mapping.TakeValue("length", PolicyValues.Duration, PolicyValues.DurationForm),
            mapping.TakeText("timeZone"));
        mapping.RefuseOthers("a window");
        return window;
    }
}
