using InfraGate.FakeMcpServer;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

// A stdio server with tools that misbehave on request, for the tests of the gateway's supervision.
ProcessGroup.LeaveParents();
await HoldPoint.PassAsync(() => !File.Exists(Environment.GetEnvironmentVariable("K8S_MCP_FAKE_HOLD")), CancellationToken.None);
var options = new McpServerOptions
{
    ServerInfo = new Implementation { Name = "fake", Version = "1.0" },
    Handlers = new McpServerHandlers
    {
        ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = FakeTools.All }),
        CallToolHandler = FakeTools.CallAsync,
    },
};
await using var server = McpServer.Create(new StdioServerTransport(options), options);
await server.RunAsync();
FakeTools.Note("ending");
await HoldPoint.PassAsync(() => !File.Exists(Environment.GetEnvironmentVariable("K8S_MCP_FAKE_HOLD_END")), CancellationToken.None);
FakeTools.Note("ended");
