using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Processes;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>The built server as a child process, spoken to in JSON lines as any MCP client does.</summary>
internal sealed class StdioServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private int _id;

    private StdioServer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Pid => _process.Id;

    public long ResidentBytes => Status("VmRSS");

    /// <summary>The most resident memory since <see cref="ResetPeak"/>.</summary>
    public long PeakBytes => Status("VmHWM");

    public static StdioServer Launch(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { ProductProcess.AssemblyOf("InfraGate.McpServer") },
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("K8S_MCP", StringComparison.Ordinal) || name is "KUBECONFIG" or "DOTNET_ENVIRONMENT").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new StdioServer(Process.Start(start)!);
    }

    public static async Task<StdioServer> StartAsync(params (string Name, string Value)[] environment)
    {
        var server = Launch(environment);
        await server.RequestAsync("initialize", Workloads.Parse("""{ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } }"""));
        await server.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    public Task<JsonElement> RequestAsync(string method, JsonObject? parameters = null) => RequestAsync(method, (parameters ?? []).ToJsonString());

    /// <summary>Calls a tool with parameters as they are written, well-formed or not.</summary>
    public Task<JsonElement> RawCallAsync(string parameters) => RequestAsync("tools/call", parameters);

    private async Task<JsonElement> RequestAsync(string method, string parameters)
    {
        var id = ++_id;
        await WriteAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        while (true)
        {
            var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) ?? throw new IOException($"The server ended: {await _errors}");
            var message = JsonElement.Parse(line);
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return message.TryGetProperty("result", out var result) ? result : message;
            }
        }
    }

    public Task<JsonElement> CallAsync(string tool, JsonObject arguments, JsonObject? meta = null)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments };
        if (meta is not null)
        {
            parameters["_meta"] = meta;
        }

        return RequestAsync("tools/call", parameters);
    }

    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the input, as a client that goes away does, and waits for the end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return (_process.ExitCode, output, await _errors);
    }

    public void ResetPeak() => File.WriteAllText($"/proc/{Pid}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private long Status(string field)
    {
        var line = File.ReadLines($"/proc/{Pid}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
