namespace InfraGate.Sandbox.Tests;

/// <summary>Files that hold a token.</summary>
internal static class PrivateFile
{
    /// <summary>Only the owner may read and write it; on Windows the file system has no such mode and the folder's rights apply.</summary>
    public static void Check(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
