using System.Text.Json;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Tests.Tools;

public sealed class ToolArgumentsTests
{
    private static readonly ToolParameter[] Parameters =
    [
        ToolParameter.Namespace,
        ToolParameter.ObjectName(),
        new("replicas", ToolParameterType.Integer) { Minimum = 0, Maximum = 5 },
        new("previous", ToolParameterType.Flag),
        new("kind", ToolParameterType.Text) { Values = ["Pod", "Service"] },
        ToolParameter.Limit("Longest list", 100),
    ];

    [Theory]
    [InlineData("""{ "namespace": "shop", "name": "web.v1" }""")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": 5, "previous": true, "kind": "Pod", "limit": 100 }""")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": 2.0 }""")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": null, "kind": null }""")]
    public void Good_arguments_are_bound(string json)
    {
        var arguments = Bind(json);

        arguments.Text("namespace").ShouldBe("shop");
        arguments.Number("limit").ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("""{ "name": "web" }""", "'namespace' is missing")]
    [InlineData("""{ "namespace": null, "name": "web" }""", "'namespace' must be")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": -1 }""", "from 0 to 5, not -1")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": 6 }""", "from 0 to 5, not 6")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": "two" }""", "whole number")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": 2.5 }""", "whole number")]
    [InlineData("""{ "namespace": "shop", "name": "web", "replicas": 1e40 }""", "whole number")]
    [InlineData("""{ "namespace": "shop", "name": "web", "previous": "true" }""", "true or false")]
    [InlineData("""{ "namespace": "shop", "name": "web", "kind": "Secret" }""", "one of Pod, Service")]
    [InlineData("""{ "namespace": "shop", "name": "web", "color": "red" }""", "'color' is not an argument")]
    [InlineData("""{ "namespace": "Shop", "name": "web" }""", "DNS label")]
    [InlineData("""{ "namespace": "shop\n", "name": "web" }""", "DNS label")]
    [InlineData("""{ "namespace": "../kube-system", "name": "web" }""", "DNS label")]
    [InlineData("""{ "namespace": ["shop"], "name": "web" }""", "DNS label")]
    [InlineData("""{ "namespace": "shop", "name": "web/../../secrets/db" }""", "DNS name")]
    [InlineData("""{ "namespace": "shop", "name": "web?x=1" }""", "DNS name")]
    [InlineData("""{ "namespace": "shop", "name": "" }""", "DNS name")]
    [InlineData("""{ "namespace": "shop", "name": "-web" }""", "DNS name")]
    public void Bad_arguments_are_named_with_what_they_should_be(string json, string expected)
    {
        var refusal = Should.Throw<ToolException>(() => Bind(json));

        refusal.Code.ShouldBe(ToolErrorCode.InvalidArgument);
        refusal.Message.ShouldContain(expected);
    }

    [Fact]
    public void What_was_sent_is_quoted_short_and_on_one_line()
    {
        var refusal = Should.Throw<ToolException>(() => Bind($$"""{ "namespace": "shop", "name": "{{new string('x', 100_000)}}" }"""));

        refusal.Message.Length.ShouldBeLessThan(250);
    }

    [Fact]
    public void Random_arguments_are_refused_or_bound_but_never_crash()
    {
        // A fixed seed: a failure can be repeated.
        var random = new Random(20261120);
        for (var round = 0; round < 5000; round++)
        {
            var json = $$"""{ "namespace": {{RandomValue(random, 0)}}, "{{RandomText(random)}}": {{RandomValue(random, 0)}}, "replicas": {{RandomValue(random, 0)}} }""";
            try
            {
                Bind(json);
            }
            catch (ToolException refusal)
            {
                refusal.Code.ShouldBe(ToolErrorCode.InvalidArgument);
            }
        }
    }

    private static ToolArguments Bind(string json) =>
        ToolArguments.Bind(Parameters, JsonElement.Parse(json).EnumerateObject().GroupBy(property => property.Name).Select(group => KeyValuePair.Create(group.Key, group.Last().Value)));

    private static string RandomValue(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => (random.NextDouble() * Math.Pow(10, random.Next(-20, 20))).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        4 => $"\"{RandomText(random)}\"",
        5 => $"[{RandomValue(random, depth + 1)}]",
        _ => $$"""{ "a": {{RandomValue(random, depth + 1)}} }""",
    };

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => $"\\u{random.Next(0x20, 0xD7FF):x4}"));
}
