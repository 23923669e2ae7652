using System.Runtime.InteropServices;

namespace InfraGate.FakeMcpServer;

/// <summary>Leaves the process group of the gateway, as the real server does, so that Ctrl-C reaches the gateway alone.</summary>
internal static partial class ProcessGroup
{
    public static void LeaveParents()
    {
        if (!OperatingSystem.IsWindows() && SetProcessGroup(0, 0) != 0)
        {
            throw new InvalidOperationException($"setpgid failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetProcessGroup(int pid, int pgid);
}
