using System.Text.Json;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Tests.Tools;

public sealed class OutlineTextTests
{
    [Theory]
    [InlineData("""{ "a": 1, "b": true, "c": "x" }""", "a: 1\nb: true\nc: x")]
    [InlineData("""{ "verdict": { "health": "failing", "summary": "no" } }""", "verdict: health=failing summary=no")]
    [InlineData("""{ "pods": [ { "name": "web", "ready": false, "restarts": 3 } ] }""", "pods:\n  - web ready=false restarts=3")]
    [InlineData("""{ "images": [ "a", "b" ] }""", "images: a, b")]
    [InlineData("""{ "workload": { "desired": 1, "template": { "labels": { "app": "web" } } } }""", "workload:\n  desired: 1\n  template:\n    labels: app=web")]
    [InlineData("""{ "pods": [ { "name": "web", "limits": { "cpu": "1" } } ] }""", "pods:\n  - web\n    limits: cpu=1")]
    [InlineData("{}", "")]
    public void Structured_content_becomes_an_outline(string json, string outline) =>
        OutlineText.Render(JsonElement.Parse(json)).ShouldBe(outline);
}
