using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Hosting;

public sealed class ParentProcessTests
{
    [Fact]
    public async Task The_server_ends_when_its_gateway_is_killed_even_though_its_input_stays_open()
    {
        using var folder = TemporaryFolder.Create("parent");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // A shell stands in for the gateway. The server holds both ends of its own input, so that only the watch can end it.
        var start = new ProcessStartInfo("sh")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", "mkfifo \"$1\"; exec 3<>\"$1\"; INFRA_GATE_GATEWAY_PID=$$ dotnet \"$2\" <&3 >/dev/null 2>\"$3\" & echo $!; wait", "sh", folder.File("input"), ProductProcess.AssemblyOf("InfraGate.McpServer"), folder.File("errors") },
            Environment =
            {
                ["KUBECONFIG"] = folder.Write("config", KubeconfigText.For(new Uri("http://127.0.0.1:1"))),
                ["K8S_MCP_APPROVAL_ROOT"] = folder.File("approvals"),
                ["INFRA_GATE_GRANT_PUBLIC_KEY"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            },
        };
        using var gateway = Process.Start(start)!;
        var pid = int.Parse((await gateway.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        try
        {
            await Eventually.TrueAsync(() => Task.FromResult(HasWatch(pid)));

            gateway.Kill();

            await Eventually.TrueAsync(() => Task.FromResult(IsGone(pid)));
        }
        finally
        {
            if (!IsGone(pid))
            {
                using var left = Process.GetProcessById(pid);
                left.Kill();
            }
        }
    }

    private static bool HasWatch(int pid)
    {
        IsGone(pid).ShouldBeFalse("the server should run until its gateway ends");
        return Directory.EnumerateDirectories($"/proc/{pid}/task").Any(IsWatch);
    }

    private static bool IsWatch(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("gateway watch", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // A thread that has ended since it was listed.
            return false;
        }
    }

    /// <summary>Gone, or a zombie that nobody has waited for.</summary>
    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1][0] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
