using System.Collections.Frozen;

namespace InfraGate.Sandbox.Schema;

/// <summary>The shapes of the served kinds, read from the embedded <c>kubernetes.schema</c>.</summary>
internal static class KubernetesSchema
{
    private static readonly FrozenDictionary<string, StructType> Types = Load();

    /// <summary>The type of that name, for example <c>apps.v1.Deployment</c>.</summary>
    public static StructType Get(string name) => Types[name];

    private static FrozenDictionary<string, StructType> Load()
    {
        using var stream = typeof(KubernetesSchema).Assembly.GetManifestResourceStream("kubernetes.schema")
            ?? throw new InvalidOperationException("The embedded resource kubernetes.schema is missing from the build.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        var types = lines.Where(line => line[0] != ' ').Select(line => line.Split(' ')).ToDictionary(
            words => words[0],
            words => new StructType(words[0], words.Contains("atomic")));
        StructType? current = null;
        foreach (var line in lines)
        {
            if (line[0] != ' ')
            {
                current = types[line.Split(' ')[0]];
                continue;
            }

            var field = ParseField(line.Trim().Split(' '), types);
            current!.Fields.Add(field.Name, field);
        }

        return types.ToFrozenDictionary();
    }

    private static FieldSchema ParseField(string[] words, Dictionary<string, StructType> types)
    {
        var marks = words[2..];
        var keys = marks.FirstOrDefault(mark => mark.StartsWith("map=", StringComparison.Ordinal))?[4..].Split(',') ?? [];
        var kind = keys.Length > 0 ? ListKind.Associative : marks.Contains("set") ? ListKind.Set : ListKind.Atomic;
        var patchKey = marks.FirstOrDefault(mark => mark.StartsWith("patch=", StringComparison.Ordinal))?[6..];
        return new FieldSchema(
            words[0],
            ParseType(words[1], kind, keys, types),
            patchKey ?? (keys.Length > 0 ? keys[0] : null),
            marks.Contains("retain-keys"),
            marks.Contains("required"));
    }

    private static TypeSchema ParseType(string text, ListKind kind, string[] keys, Dictionary<string, StructType> types) => text switch
    {
        ['[', .. var element, ']'] => new ListType(ParseType(element, ListKind.Atomic, [], types), kind, keys),
        ['{', .. var element, '}'] => new MapType(ParseType(element, ListKind.Atomic, [], types)),
        "string" => new ScalarType(ScalarKind.String),
        "integer" => new ScalarType(ScalarKind.Integer),
        "number" => new ScalarType(ScalarKind.Number),
        "boolean" => new ScalarType(ScalarKind.Boolean),
        "quantity" => new ScalarType(ScalarKind.Quantity),
        "int-or-string" => new ScalarType(ScalarKind.IntOrString),
        "untyped" => UntypedType.Instance,
        _ => types[text],
    };
}
