using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Tools;
using InfraGate.RealParts.Files;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>The server put together as its process does it, called below the protocol. Every answer is checked against the tool's output schema.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly ServerComposition _composition;
    private readonly TemporaryFolder _approvals;

    private ServerUnderTest(ServerComposition composition, TemporaryFolder approvals)
    {
        _composition = composition;
        _approvals = approvals;
    }

    public ListToolsResult Listing => _composition.Dispatcher.Listing;

    public static ServerUnderTest Start(string kubeconfig, string namespaces, TimeProvider? time = null, params (string Name, string Value)[] environment) =>
        Start(kubeconfig, namespaces, NullLog.Factory, time, environment);

    public static ServerUnderTest Start(string kubeconfig, string namespaces, ILoggerFactory log, TimeProvider? time = null, params (string Name, string Value)[] environment)
    {
        var approvals = TemporaryFolder.Create("approvals");
        var variables = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = kubeconfig,
            ["K8S_MCP_ALLOWED_NAMESPACES"] = namespaces,
            ["K8S_MCP_APPROVAL_ROOT"] = approvals.Path,

            // Tests write with another client and read at once; how memory follows the cluster has its own tests.
            ["K8S_MCP_READ_CACHE"] = "false",
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        time ??= TimeProvider.System;
        var configuration = ServerConfiguration.Load(variables.GetValueOrDefault, Environment.ProcessId, time);
        return new ServerUnderTest(ServerComposition.Create(configuration, log, time), approvals);
    }

    public Task<CallToolResult> CallAsync(string tool, JsonObject arguments, JsonObject? meta = null, CancellationToken cancellationToken = default) =>
        CallAsync(
            new CallToolRequestParams
            {
                Name = tool,
                Arguments = arguments.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value)),
                Meta = meta,
            },
            cancellationToken);

    public async Task<CallToolResult> CallAsync(CallToolRequestParams request, CancellationToken cancellationToken = default)
    {
        var result = await _composition.Dispatcher.CallAsync(request, "test", new Progress<ToolProgress>(), cancellationToken);
        if (Listing.Tools.FirstOrDefault(listed => listed.Name == request.Name) is { } definition)
        {
            OutputSchema.Check(definition, result);
        }

        return result;
    }

    /// <summary>The structured content of a success.</summary>
    public async Task<JsonElement> ReadAsync(string tool, JsonObject arguments)
    {
        var result = await CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeFalse(Text(result));
        return result.StructuredContent!.Value;
    }

    /// <summary>The error of a refusal.</summary>
    public async Task<JsonElement> RefusalAsync(string tool, JsonObject arguments, JsonObject? meta = null)
    {
        var result = await CallAsync(tool, arguments, meta);
        (result.IsError ?? false).ShouldBeTrue(Text(result));
        return result.StructuredContent!.Value.GetProperty("error");
    }

    /// <summary>Recovers abandoned plans from now on, as the process does from its start.</summary>
    public void StartRecovery() => _composition.StartRecovery();

    /// <summary>Lets what is being carried out come to its end, as the process does when its input has ended.</summary>
    public Task DrainAsync() => _composition.DrainAsync();

    public static string Text(CallToolResult result) => ((TextContentBlock)result.Content[0]).Text;

    public void Dispose()
    {
        _composition.Dispose();
        _approvals.Dispose();
    }
}
