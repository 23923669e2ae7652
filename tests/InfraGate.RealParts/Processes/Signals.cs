using System.ComponentModel;
using System.Runtime.InteropServices;

namespace InfraGate.RealParts.Processes;

/// <summary>The signals that tests send. Numbers are those of Linux (signal(7)).</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static partial class Signals
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends <paramref name="signal"/>; a process that is already gone is no error.</summary>
    public static void Send(int processId, Signal signal)
    {
        if (Kill(processId, (int)signal) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess)
            throw new Win32Exception(error, $"kill({processId}, {signal}) failed");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
