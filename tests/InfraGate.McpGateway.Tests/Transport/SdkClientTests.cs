using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.RealParts.Waiting;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Tests.Transport;

/// <summary>The official C# client, which speaks both eras.</summary>
public sealed class SdkClientTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_official_client_lists_calls_and_follows_progress(string revision)
    {
        await using var client = await ConnectAsync(revision);
        client.NegotiatedProtocolVersion.ShouldBe(revision);

        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("get_progress");
        var progress = new ConcurrentBag<double>();

        // Listened to for as long as the client lives: what it handles after the answer is not lost either.
        await using var listening = client.RegisterNotificationHandler(NotificationMethods.ProgressNotification, (notification, _) =>
        {
            progress.Add((double)notification.Params!["progress"]!);
            return ValueTask.CompletedTask;
        });
        var result = await client.CallToolAsync(
            "get_progress", new Dictionary<string, object?> { ["number"] = 7 }, progress: null, new RequestOptions { Meta = new JsonObject { ["progressToken"] = "mine" } });

        result.IsError.ShouldNotBe(true);
        result.StructuredContent!.Value.GetProperty("arguments").GetProperty("number").GetInt32().ShouldBe(7);
        await Eventually.TrueAsync(() => Task.FromResult(progress.Count >= 3));
        progress.Order().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Left_to_itself_it_takes_the_revision_without_sessions()
    {
        await using var client = await ConnectAsync(revision: null);

        client.NegotiatedProtocolVersion.ShouldBe("2026-07-28");
        (await client.CallToolAsync("get_echo")).IsError.ShouldNotBe(true);
    }

    private Task<McpClient> ConnectAsync(string? revision)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(fixture.Gateway.Resource),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + fixture.Gateway.Issuer.Token(fixture.Gateway.Resource) },
        });
        return McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision });
    }
}
