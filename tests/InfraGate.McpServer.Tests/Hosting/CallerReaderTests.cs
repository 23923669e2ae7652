using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Tests.Hosting;

/// <summary>Identity comes from the gateway, and only when the gateway is the parent.</summary>
public sealed class CallerReaderTests
{
    private static readonly GatewayLink Gateway = new(1, ReadOnlyMemory<byte>.Empty);

    [Fact]
    public void Alone_the_caller_is_the_local_user_whatever_the_call_claims()
    {
        var caller = new CallerReader(gateway: null).Read(Meta("""{ "subject": "root", "owner": "root", "groups": ["sre"] }"""), "codex");

        caller.Subject.ShouldBe($"local:{Environment.UserName}");
        caller.Client.ShouldBe("codex");
        caller.Owner.ShouldBeNull();
        caller.Groups.ShouldBeEmpty();
    }

    [Fact]
    public void Behind_a_gateway_the_caller_is_who_the_gateway_says()
    {
        var caller = new CallerReader(Gateway).Read(
            Meta("""{ "subject": "alice", "name": "Alice", "client": "codex", "owner": "carol", "groups": ["platform"], "scopes": ["mcp:read"], "namespaces": ["shop"] }"""), "ignored");

        caller.Subject.ShouldBe("alice");
        caller.Name.ShouldBe("Alice");
        caller.Client.ShouldBe("codex");
        caller.Owner.ShouldBe("carol");
        caller.Groups.ShouldBe(["platform"]);
        caller.Scopes.ShouldBe(["mcp:read"]);
        caller.Namespaces.ShouldBe(["shop"]);
    }

    [Fact]
    public void No_restriction_is_not_an_empty_restriction()
    {
        new CallerReader(Gateway).Read(Meta("""{ "subject": "alice", "namespaces": null }"""), null).Namespaces.ShouldBeNull();
        new CallerReader(Gateway).Read(Meta("""{ "subject": "alice", "namespaces": [] }"""), null).Namespaces.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{ "subject": "" }""")]
    [InlineData("""{ "subject": 7 }""")]
    [InlineData("\"alice\"")]
    [InlineData("""{ "subject": "alice", "groups": "sre" }""")]
    public void Behind_a_gateway_a_call_without_a_usable_identity_is_refused(string? caller)
    {
        var meta = caller is null ? null : Meta(caller);

        Should.Throw<ToolException>(() => new CallerReader(Gateway).Read(meta, "codex")).Code.ShouldBe(ToolErrorCode.Forbidden);
    }

    private static JsonObject Meta(string caller) => new() { [CallerReader.MetaKey] = JsonNode.Parse(caller) };
}
