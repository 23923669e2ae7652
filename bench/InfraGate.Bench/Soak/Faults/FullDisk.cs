namespace InfraGate.Bench.Soak.Faults;

/// <summary>A file that takes all that is left of a small disk, and gives it back when disposed.</summary>
internal sealed class FullDisk : IDisposable
{
    /// <summary>Larger disks are not filled: that would not be the small one that was asked for.</summary>
    public const long LargestDisk = 256L * 1024 * 1024;

    private readonly string _path;

    private FullDisk(string path) => _path = path;

    /// <summary>Fills the disk to its last byte.</summary>
    /// <exception cref="BenchException">The disk is not a small one.</exception>
    public static FullDisk Make(string folder)
    {
        if (new DriveInfo(folder).TotalSize > LargestDisk)
            throw new BenchException($"{folder} is not on a small disk of its own; soak.sh mounts one.");
        var disk = new FullDisk(Path.Combine(folder, "filler"));
        var block = new byte[4096];
        try
        {
            using var file = new FileStream(disk._path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                file.Write(block);
        }
        catch (IOException full) when (full.HResult == NoSpaceLeft || new DriveInfo(folder).AvailableFreeSpace == 0)
        {
            return disk;
        }
    }

    // ENOSPC (errno(3)), which .NET passes on as it is.
    private const int NoSpaceLeft = 28;

    /// <inheritdoc />
    public void Dispose() => File.Delete(_path);
}
