using System.Text.Json.Nodes;
using InfraGate.ApprovalUi.Diff;
using YamlDotNet.RepresentationModel;

namespace InfraGate.ApprovalUi.Tests.Diff;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    [InlineData("1.10")]
    [InlineData("0x1f")]
    [InlineData("1_000")]
    [InlineData("12:30:45")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- a")]
    [InlineData("&anchor")]
    [InlineData("!tag")]
    [InlineData("quote\"d")]
    [InlineData("one\ntwo\n")]
    [InlineData("one\n\ntwo")]
    [InlineData("one\n\n")]
    [InlineData("\nfirst line empty")]
    [InlineData("  indented\nfirst")]
    [InlineData("tab\tinside")]
    [InlineData("server {\n  listen 80;\n}\n")]
    public void A_string_reads_back_as_the_same_string(string value)
    {
        var yaml = YamlText.Of(new JsonObject { ["key"] = value, ["list"] = new JsonArray(value, new JsonObject { ["inner"] = value }) }.ToJsonString());

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml + "\n"));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var list = (YamlSequenceNode)root.Children["list"];
        Text(root.Children["key"]).ShouldBe(value, yaml);
        Text(list.Children[0]).ShouldBe(value, yaml);
        Text(((YamlMappingNode)list.Children[1]).Children["inner"]).ShouldBe(value, yaml);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1.10")]
    [InlineData("null")]
    [InlineData("12")]
    public void A_string_that_reads_like_something_else_is_quoted(string value) =>
        YamlText.Of(new JsonObject { ["key"] = value }.ToJsonString()).ShouldBe($"key: \"{value}\"");

    [Fact]
    public void Objects_and_lists_are_written_as_blocks()
    {
        YamlText.Of("""{"spec":{"ports":[{"port":80,"name":"http"},{"port":443}],"empty":{},"none":[],"on":true}}""").ShouldBe(
            """
            spec:
              ports:
              - port: 80
                name: http
              - port: 443
              empty: {}
              none: []
              "on": true
            """);
    }

    private static string? Text(YamlNode node) => ((YamlScalarNode)node).Value;
}
