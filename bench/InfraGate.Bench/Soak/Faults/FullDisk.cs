using InfraGate.Plans.Storage;
using InfraGate.Plans.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace InfraGate.Bench.Soak.Faults;

/// <summary>A file that takes all that is left of a small disk, and gives it back when disposed.</summary>
internal sealed class FullDisk : IDisposable
{
    /// <summary>Larger disks are not filled: that would not be the small one that was asked for.</summary>
    public const long LargestDisk = 256L * 1024 * 1024;

    // ENOSPC (errno(3)), which .NET passes on as it is.
    private const int NoSpaceLeft = 28;

    private readonly string _path;

    private FullDisk(string path) => _path = path;

    /// <summary>Fills the disk to its last byte, so that the very next write of the store in it finds no room.</summary>
    /// <param name="folder">A folder on the disk.</param>
    /// <param name="approvalRoot">The store's folder, on the same disk.</param>
    /// <exception cref="BenchException">The disk is not a small one.</exception>
    public static FullDisk Make(string folder, string approvalRoot)
    {
        if (new DriveInfo(folder).TotalSize > LargestDisk)
            throw new BenchException($"{folder} is not on a small disk of its own; soak.sh mounts one.");
        EmptyWriteAheadLog(approvalRoot);
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

    /// <inheritdoc />
    public void Dispose() => File.Delete(_path);

    // SQLite keeps its write-ahead log at its largest size and writes into it from the start: without this a full disk would be noticed megabytes later.
    private static void EmptyWriteAheadLog(string approvalRoot)
    {
        SqliteLibrary.EnsureBound();
        var address = new SqliteConnectionStringBuilder { DataSource = Path.Combine(approvalRoot, PlanStoreSettings.DefaultFileName), Pooling = false, DefaultTimeout = 10 };
        using var connection = new SqliteConnection(address.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
