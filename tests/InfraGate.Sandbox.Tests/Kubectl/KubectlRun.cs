using System.Diagnostics;

namespace InfraGate.Sandbox.Tests.Kubectl;

/// <summary>How a program ended and what it said.</summary>
public sealed record ProgramOutcome(int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;
}

/// <summary>Runs programs with a kubeconfig of their own and no other of this machine.</summary>
public static class KubectlRun
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Task<ProgramOutcome> KubectlAsync(string kubeconfig, string[] arguments, string? input = null) => RunAsync("kubectl", kubeconfig, arguments, input);

    public static async Task<ProgramOutcome> RunAsync(string program, string kubeconfig, string[] arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["KUBECACHEDIR"] = Path.Combine(Path.GetDirectoryName(kubeconfig)!, "cache");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var deadline = new CancellationTokenSource(Deadline);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramOutcome(process.ExitCode, await output, await errors);
    }
}
