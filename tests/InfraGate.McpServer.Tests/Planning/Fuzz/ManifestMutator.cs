using System.Text;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Planning.Fuzz;

/// <summary>Makes manifests that are almost right: a good one, with pieces cut, doubled, moved, or replaced by what parsers stumble over. The same seed makes the same ones.</summary>
internal sealed class ManifestMutator(int seed)
{
    private static readonly string[] Pieces =
    [
        "&a", "*a", "!!str", "<<: *a", "---\n", "...\n", "? ", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|\n", ">-\n", "#", "\t", "\r\n", "%YAML 1.1\n", "~", "null", "yes", "0644", ".nan",
        "1e999", "-0", "\u0000", "\u202e", "\ufeff", "\ud83d\ude00", "é", "kind: List\n", "generateName: x\n", "namespace: kube-system\n", "\\u0000", "\\ud800", "/*", "//", ",", "99999999999999999999",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n", "password: hunter2hunter2", "{\"a\":{\"a\":", "  ", "\n", "\n\n", "@", "`", "\u0085", "\u2028",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = new StringBuilder(Start());
        for (var mutations = _random.Next(0, 12); mutations > 0; mutations--)
        {
            Mutate(text);
        }

        return text.ToString();
    }

    private string Start() => _random.Next(6) switch
    {
        0 => """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"b","c":"d"}}""",
        1 => string.Concat(Enumerable.Range(0, _random.Next(1, 60)).Select(_ => Piece())),
        _ => SampleManifests.Shop,
    };

    private void Mutate(StringBuilder text)
    {
        var (at, length) = (_random.Next(text.Length + 1), _random.Next(1, 40));
        length = Math.Min(length, text.Length - at);
        switch (_random.Next(5))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(_random.Next(text.Length + 1), text.ToString(at, length));
                break;
            case 2:
                text.Insert(at, string.Concat(Enumerable.Repeat(Piece(), _random.Next(1, 50))));
                break;
            case 3 when at < text.Length:
                text[at] = (char)_random.Next(1, 0x250);
                break;
            default:
                text.Insert(at, Piece());
                break;
        }
    }

    private string Piece() => Pieces[_random.Next(Pieces.Length)];
}
