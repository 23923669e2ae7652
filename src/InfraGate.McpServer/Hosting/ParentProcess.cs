using System.Runtime.InteropServices;

namespace InfraGate.McpServer.Hosting;

/// <summary>The process that launched this one, and a watch that ends this process with it.</summary>
internal static partial class ParentProcess
{
    private const int NotPermitted = 1;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The parent's process id; null on Windows, where a parent's end is seen as the end of stdin.</summary>
    public static int? Id() => OperatingSystem.IsWindows() ? null : GetParentProcessId();

    /// <summary>
    /// Ends this process when <paramref name="gateway"/> is no longer its parent. A thread of its own: it works even when the thread pool is starved,
    /// so a server can never outlive the gateway that answers for it.
    /// </summary>
    public static void EndWith(GatewayLink gateway)
    {
        var watch = new Thread(() =>
        {
            while (Id() == gateway.ProcessId)
            {
                Thread.Sleep(Interval);
            }

            Environment.Exit(0);
        })
        {
            IsBackground = true,
            Name = "gateway watch",
        };
        watch.Start();
    }

    /// <summary>
    /// Makes this process the leader of a group of its own. Ctrl-C at a keyboard is meant for the gateway, which then lets calls in flight finish; it must
    /// not reach the server at the same moment.
    /// </summary>
    public static void LeaveGroup()
    {
        // A session leader may not be moved (EPERM), and need not: it has a group of its own already.
        if (!OperatingSystem.IsWindows() && SetProcessGroup(0, 0) != 0 && Marshal.GetLastPInvokeError() is var error && error != NotPermitted)
        {
            throw new ConfigurationException([$"The server could not leave the gateway's process group (errno {error}). Report this: it should not happen."]);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParentProcessId();
}
