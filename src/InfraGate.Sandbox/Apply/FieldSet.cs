using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Apply;

/// <summary>
/// A set of field paths as a tree, in the notation of <c>fieldsV1</c>: <c>f:name</c> for a field, <c>k:{…}</c> for an item of an
/// associative list by its keys, <c>v:…</c> for an item of a set. A node that is itself in the set is a member.
/// </summary>
internal sealed class FieldSet
{
    private const string Self = ".";

    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    public bool IsMember { get; private set; }

    public bool IsEmpty => !IsMember && _children.Values.All(child => child.IsEmpty);

    public IEnumerable<KeyValuePair<string, FieldSet>> Children => _children;

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    public static FieldSet Parse(JsonObject? fields)
    {
        var result = new FieldSet();
        foreach (var (name, child) in fields ?? [])
        {
            if (name == Self)
            {
                result.IsMember = true;
            }
            else
            {
                var parsed = Parse(child as JsonObject);
                parsed.IsMember |= parsed._children.Count == 0;
                result._children[name] = parsed;
            }
        }

        return result;
    }

    /// <summary>A set with the given paths.</summary>
    public static FieldSet Of(params IEnumerable<string[]> paths)
    {
        var result = new FieldSet();
        foreach (var path in paths)
        {
            var node = result;
            foreach (var element in path)
            {
                node = node.Child(element);
            }

            node.Insert();
        }

        return result;
    }

    public void Insert() => IsMember = true;

    /// <summary>The node below this one, made when it is missing.</summary>
    public FieldSet Child(string element)
    {
        if (!_children.TryGetValue(element, out var child))
        {
            _children[element] = child = new FieldSet();
        }

        return child;
    }

    public FieldSet? Find(string element) => _children.GetValueOrDefault(element);

    public FieldSet Union(FieldSet other) => Combine(other, (mine, theirs) => mine || theirs);

    public FieldSet Intersection(FieldSet other) => Combine(other, (mine, theirs) => mine && theirs);

    public FieldSet Difference(FieldSet other) => Combine(other, (mine, theirs) => mine && !theirs);

    public bool SameAs(FieldSet other) => Difference(other).IsEmpty && other.Difference(this).IsEmpty;

    /// <summary>Writes <c>fieldsV1</c>.</summary>
    public JsonObject ToJson()
    {
        var result = new JsonObject();
        if (IsMember && _children.Count > 0)
        {
            result[Self] = new JsonObject();
        }

        foreach (var (name, child) in _children)
        {
            if (!child.IsEmpty)
            {
                result[name] = child.ToJson();
            }
        }

        return result;
    }

    /// <summary>Every path in the set, in the notation of error messages: <c>.spec.template.spec.containers[name="a"].image</c>.</summary>
    public IEnumerable<string> Paths() => Paths(string.Empty);

    private static string Describe(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "k:" => "[" + string.Join(",", ((JsonObject)JsonNode.Parse(element[2..])!).Select(pair => $"{pair.Key}={pair.Value?.ToJsonString() ?? "null"}")) + "]",
        "v:" => "[=" + element[2..] + "]",
        _ => "[" + element[2..] + "]",
    };

    private IEnumerable<string> Paths(string prefix)
    {
        if (IsMember)
        {
            yield return prefix;
        }

        foreach (var (name, child) in _children)
        {
            foreach (var path in child.Paths(prefix + Describe(name)))
            {
                yield return path;
            }
        }
    }

    private FieldSet Combine(FieldSet? other, Func<bool, bool, bool> rule)
    {
        var result = new FieldSet { IsMember = rule(IsMember, other?.IsMember ?? false) };
        var empty = new FieldSet();
        foreach (var name in _children.Keys.Concat(other?._children.Keys ?? Enumerable.Empty<string>()).Distinct())
        {
            var child = (Find(name) ?? empty).Combine(other?.Find(name), rule);
            if (!child.IsEmpty)
            {
                result._children[name] = child;
            }
        }

        return result;
    }
}
