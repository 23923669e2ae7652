using System.Globalization;
using System.Text;
using System.Text.Json;
using InfraGate.McpServer.Tests.Support;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Tools.Fuzz;

/// <summary>
/// Makes calls that are almost right: a tool's arguments as they should be, with some of them replaced by what binders stumble over, left out, or joined by others that no
/// tool takes. The same seed makes the same ones.
/// </summary>
internal sealed class ArgumentMutator(int seed)
{
    // Raw JSON, for not all of it can be written by a serializer: numbers beyond every type, halves of surrogate pairs.
    private static readonly string[] Literals =
    [
        "null", "true", "false", "0", "-0", "-1", "2.0", "2.5", "5", "6", "1e999", "-1e999", "1e-999", "9223372036854775808", "2147483648", "79228162514264337593543950336", "0.1e1",
        "[]", "{}", "[[]]", "[\"shop\"]", "{\"namespace\":\"shop\"}", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"web\\ud83d\"", "\"\\u202eweb\"", "\"\\ufeffweb\"",
        "\"w\\u0435b\"", "\"web\\n\"", "\"../../secrets/db\"", "\"web?watch=1\"", "\"web%2f..\"", "\"web;id\"", "\"$(id)\"", "\"{{7*7}}\"", "\"-web\"", "\"WEB\"", "\"İ\"", "\"ﬁ\"", "\"\\u0301\"",
        "\"a=b,c in (\"", "\"a==b,!c\"", "\"metadata.name=web\"", "\"nginx@sha256:00\"", "\"http://nginx:1\"", "\"20261120-AAAAAAAA\"", "\"99999999-ZZZZZZZZ\"",
    ];

    private static readonly string[] Strangers = ["", " ", "Namespace", "namespace ", "__proto__", "constructor", "$ref", "cluster", "\u202ename", "\ud83d\ude00", "dryRun", "infragate.dev/caller"];

    private readonly Random _random = new(seed);

    /// <summary>A call of the tool and how it can be repeated by hand.</summary>
    public CallToolRequestParams Next(Tool tool)
    {
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var parameter in tool.InputSchema.GetProperty("properties").EnumerateObject())
        {
            if (_random.Next(10) > 0)
            {
                arguments[parameter.Name] = Value(_random.Next(3) == 0 ? Hostile() : Fitting(parameter.Name));
            }
        }

        if (_random.Next(6) == 0)
        {
            arguments[Strangers[_random.Next(Strangers.Length)]] = Value(Hostile());
        }

        return new CallToolRequestParams { Name = tool.Name, Arguments = arguments };
    }

    /// <summary>The call as text, shortened where it is long.</summary>
    public static string Describe(CallToolRequestParams call) =>
        $"{call.Name}({string.Join(", ", call.Arguments!.Select(argument => $"{argument.Key}: {Short(argument.Value.GetRawText())}"))})";

    private static string Short(string text) => text.Length <= 300 ? text : $"{text.AsSpan(0, 300)}… of {text.Length} characters";

    private static JsonElement Value(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        return document.RootElement.Clone();
    }

    private string Fitting(string parameter) => parameter switch
    {
        "namespace" => "\"shop\"",
        "manifest" => Quoted(_random.Next(2) == 0 ? SampleManifests.Shop : $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: web}}\ndata: {{a: {Text(40)}}}\n"),
        "image" => "\"registry.local/web:1.2.4\"",
        "kind" => _random.Next(2) == 0 ? "\"Deployment\"" : "\"Pod\"",
        "planId" => "\"20261120-7QK2M9ZX\"",
        "labelSelector" => "\"app=web\"",
        "fieldSelector" => "\"reason=BackOff\"",
        "previous" or "timestamps" => "false",
        "replicas" or "limit" or "tailLines" or "waitSeconds" => _random.Next(0, 6).ToString(CultureInfo.InvariantCulture),
        _ => "\"web\"",
    };

    private string Hostile() => _random.Next(9) switch
    {
        0 => Nested(_random.Next(1, 5_000), "[", "]"),
        1 => Nested(_random.Next(1, 5_000), "{\"a\":", "}"),
        2 => Quoted(new string((char)('a' + _random.Next(26)), _random.Next(1, 600_000))),
        3 => new string((char)('1' + _random.Next(9)), _random.Next(1, 30_000)),
        4 => Quoted(Text(_random.Next(1, 400))),
        5 => "[" + string.Join(',', Enumerable.Repeat(Literals[_random.Next(Literals.Length)], _random.Next(1, 4_000))) + "]",
        6 => "{" + string.Join(',', Enumerable.Range(0, _random.Next(1, 5_000)).Select(i => $"\"k{i % 50}\":{i}")) + "}",
        _ => Literals[_random.Next(Literals.Length)],
    };

    private static string Nested(int depth, string open, string close) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

    /// <summary>Characters from all over Unicode, beyond the first plane too.</summary>
    private string Text(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var point = _random.Next(4) switch
            {
                0 => _random.Next(0x01, 0x80),
                1 => _random.Next(0x80, 0x3000),
                2 => _random.Next(0xE000, 0x10000),
                _ => _random.Next(0x10000, 0x110000),
            };
            text.Append(char.ConvertFromUtf32(point));
        }

        return text.ToString();
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
