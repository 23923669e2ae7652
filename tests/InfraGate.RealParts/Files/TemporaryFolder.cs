using System.Runtime.Versioning;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.Files;

/// <summary>A private folder (mode 0700) that is gone when disposed, and also when the test host is killed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const string UnixOnly = "The fixtures start Linux programs and need a Unix file system.";

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Creates a folder under the system's temporary folder.</summary>
    public static TemporaryFolder Create(string name) => CreateIn(System.IO.Path.GetTempPath(), name);

    /// <summary>Creates a folder in memory where the system offers that: for databases that sync often and whose durability nobody needs.</summary>
    public static TemporaryFolder CreateInMemory(string name) =>
        CreateIn(Directory.Exists(SharedMemory) ? SharedMemory : System.IO.Path.GetTempPath(), name);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only its owner can read, and returns its path.</summary>
    public string Write(string name, string content)
    {
        if (!IsUnix)
            throw new PlatformNotSupportedException(UnixOnly);
        var path = File(name);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(content);
        return path;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        OrphanGuard.Instance.Forget(Path);
    }

    private static TemporaryFolder CreateIn(string parent, string name)
    {
        if (!IsUnix)
            throw new PlatformNotSupportedException(UnixOnly);
        var path = System.IO.Path.Combine(parent, $"infragate-{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        OrphanGuard.Instance.RemoveWhenOrphaned(path);
        return new TemporaryFolder(path);
    }

    [UnsupportedOSPlatformGuard("windows")]
    private static bool IsUnix => !OperatingSystem.IsWindows();
}
