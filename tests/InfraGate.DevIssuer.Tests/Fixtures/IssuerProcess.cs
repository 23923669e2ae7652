using System.Diagnostics;
using System.Text;
using InfraGate.DevIssuer.Configuration;

namespace InfraGate.DevIssuer.Tests.Fixtures;

/// <summary>The built program itself, started with exactly the given environment.</summary>
internal sealed class IssuerProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IssuerProcess(Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(IssuerOptions).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DEV_ISSUER_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "DOTNET_ENVIRONMENT").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DEV_ISSUER_LISTEN"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>Runs to the end, which must come.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var issuer = new IssuerProcess(environment, arguments);
        var error = issuer._process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        await issuer._process.WaitForExitAsync(deadline.Token);
        return (issuer._process.ExitCode, issuer.Output, await error);
    }

    /// <summary>Starts serving and waits until it says so.</summary>
    public static async Task<(IssuerProcess Issuer, string Address)> ServeAsync(Dictionary<string, string> environment)
    {
        var issuer = new IssuerProcess(environment, []);
        try
        {
            return (issuer, await issuer._listening.Task.WaitAsync(Deadline));
        }
        catch
        {
            issuer.Dispose();
            throw;
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Asks it to stop, as Ctrl-C or a supervisor does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void OnOutput(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.StartsWith("listening on ", StringComparison.Ordinal) is true)
        {
            _listening.TrySetResult(line["listening on ".Length..]);
        }
    }
}
