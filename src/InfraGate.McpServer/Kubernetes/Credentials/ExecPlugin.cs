using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using InfraGate.McpServer.Kubernetes.Config;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>Runs a credential plugin: no shell, no terminal, a limit of time and 256 KiB of answer. What it prints on stderr is discarded, since it may name secrets.</summary>
internal sealed class ExecPlugin(ExecEntry entry, ExecCredentialCluster? cluster, TimeSpan timeLimit)
{
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>Some ask a service on another continent, or a person's hardware key.</summary>
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>The command as the kubeconfig names it, without folders.</summary>
    public string Name => Path.GetFileName(entry.Command);

    /// <returns>What the plugin wrote to stdout.</returns>
    /// <exception cref="KubernetesException"><see cref="KubernetesFailure.Credential"/>.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            var answer = await ReadBoundedAsync(process.StandardOutput.BaseStream, limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? answer : throw Failed($"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"did not answer within {timeLimit.TotalSeconds:0} s; run by hand with its arguments it shows what it waits for");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Resolve())
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in entry.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in entry.Environment)
        {
            start.Environment[name] = value;
        }

        var request = new ExecCredentialRequest("ExecCredential", entry.ApiVersion, new ExecCredentialSpec(Interactive: false, cluster));
        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(request, CredentialJson.Default.ExecCredentialRequest);
        try
        {
            return Process.Start(start) ?? throw Failed("could not be started");
        }
        catch (Win32Exception exception)
        {
            throw Failed($"could not be started (error {exception.NativeErrorCode})");
        }
    }

    /// <summary>Looks a bare name up in PATH alone: the runtime would try the working folder too, where anyone may have put a file of that name.</summary>
    private string Resolve()
    {
        if (Path.IsPathFullyQualified(entry.Command))
        {
            return entry.Command;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, entry.Command)).FirstOrDefault(File.Exists)
            ?? throw Failed("is not in PATH; install it or name it with its folder");
    }

    private async Task<ReadOnlyMemory<byte>> ReadBoundedAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (answer.Length + read > MaxAnswerBytes)
            {
                throw Failed("answered too much");
            }

            await answer.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return answer.GetBuffer().AsMemory(0, (int)answer.Length);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private KubernetesException Failed(string what) => new(KubernetesFailure.Credential, $"The credential plugin '{Name}' {what}.");
}
