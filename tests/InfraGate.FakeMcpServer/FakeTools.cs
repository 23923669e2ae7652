using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace InfraGate.FakeMcpServer;

/// <summary>The fake's tools. Each call is appended to the file that <c>K8S_MCP_FAKE_JOURNAL</c> names, so that tests can count them.</summary>
internal static class FakeTools
{
    private static readonly JsonElement s_anyObject = JsonSerializer.SerializeToElement(new { type = "object" });
    private static readonly Lock s_journalLock = new();

    public static IList<Tool> All { get; } =
    [
        .. new[] { "get_echo", "get_slow", "get_held", "get_progress", "get_crash_once", "get_crash", "get_hang", "get_environment", "get_stderr", "request_echo", "request_crash", "apply_approved_plan", "apply_crash", "apply_slow" }
            .Select(name => new Tool
            {
                Name = name,
                Description = "A fake tool.",
                InputSchema = s_anyObject,
                Annotations = new ToolAnnotations { ReadOnlyHint = name.StartsWith("get_", StringComparison.Ordinal) },
                Meta = new JsonObject { ["infragate.dev/untrusted"] = new JsonArray("note", "message") },
            }),
    ];

    /// <summary>Appends a line to the journal.</summary>
    public static void Note(string line)
    {
        lock (s_journalLock)
        {
            File.AppendAllText(Journal, line + "\n");
        }
    }

    public static async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        Note(request.Params.Name);
        return request.Params.Name switch
        {
            "get_echo" or "request_echo" or "apply_approved_plan" => Echo(request.Params),
            "get_slow" or "apply_slow" => await SlowAsync(request.Params, cancel),
            "get_held" => await HeldAsync(request.Params, cancel),
            "get_progress" => await ProgressAsync(request, cancel),
            "get_crash_once" => CrashUnlessCalledBefore(request.Params),
            "get_crash" or "request_crash" or "apply_crash" => Crash(),
            "get_hang" => Hang(),
            "get_environment" => Environment(),
            "get_stderr" => await ComplainAsync(),
            var other => throw new McpProtocolException($"Unknown tool {other}", McpErrorCode.InvalidParams),
        };
    }

    private static CallToolResult Echo(CallToolRequestParams call) => Result(new JsonObject
    {
        ["tool"] = call.Name,
        ["pid"] = System.Environment.ProcessId,
        ["arguments"] = JsonSerializer.SerializeToNode(call.Arguments),
        ["meta"] = call.Meta?.DeepClone(),
    });

    private static async Task<CallToolResult> SlowAsync(CallToolRequestParams call, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(call.Arguments!["milliseconds"].GetInt32(), cancel);
            return Echo(call);
        }
        catch (OperationCanceledException)
        {
            Note("cancelled");
            throw;
        }
    }

    /// <summary>Answers once the file that <c>until</c> names exists.</summary>
    private static async Task<CallToolResult> HeldAsync(CallToolRequestParams call, CancellationToken cancel)
    {
        await HoldPoint.PassAsync(() => File.Exists(call.Arguments!["until"].GetString()), cancel);
        return Echo(call);
    }

    private static async Task<CallToolResult> ProgressAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        for (var step = 1; step <= 3 && request.Params.ProgressToken is { } token; step++)
        {
            await request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = step, Total = 3, Message = $"step {step}" }, options: null, cancel);
        }

        // Notifications and responses are handled side by side; the pause lets a reader see the order that was sent.
        await Task.Delay(100, cancel);
        return Echo(request.Params);
    }

    private static CallToolResult CrashUnlessCalledBefore(CallToolRequestParams call) =>
        File.ReadAllLines(Journal).Count(line => line == "get_crash_once") == 1 ? Crash() : Echo(call);

    private static CallToolResult Crash()
    {
        System.Environment.Exit(3);
        return Result([]);
    }

    private static CallToolResult Hang()
    {
        // Blocks the loop that reads stdin together with every thread of the pool: the process lives and answers nothing.
        ThreadPool.SetMaxThreads(System.Environment.ProcessorCount, System.Environment.ProcessorCount);
        for (var i = 0; i < 64; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite), null);
        }

        Thread.Sleep(Timeout.Infinite);
        return Result([]);
    }

    private static CallToolResult Environment() => Result(new JsonObject(
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (JsonNode?)JsonValue.Create((string?)entry.Value)))));

    private static async Task<CallToolResult> ComplainAsync()
    {
        await Console.Error.WriteLineAsync("complaint with Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ");
        await Console.Error.WriteLineAsync(new string('x', 1_000_000));
        return Result([]);
    }

    private static CallToolResult Result(JsonObject content) => new()
    {
        Content = [new TextContentBlock { Text = content.ToJsonString() }],
        StructuredContent = JsonSerializer.SerializeToElement(content),
    };

    private static string Journal => System.Environment.GetEnvironmentVariable("K8S_MCP_FAKE_JOURNAL") ?? Path.GetTempFileName();
}
