using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// SQLite in a file: write-ahead log, every commit on the disk before it is confirmed, writers one after the other (<c>BEGIN IMMEDIATE</c>) across processes by SQLite's lock and
/// within this process by a queue, so that no thread spins.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Full = 13;
    private const int ProtocolRace = 15;

    /// <summary>ENOSPC, as .NET reports it on Unix.</summary>
    private const int NoSpaceLeft = 28;
    private const int BusyTimeoutSeconds = 10;

    /// <summary>One that writes and a few that read; each holds up to 2 MiB of pages.</summary>
    private const int MostIdle = 4;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writers = new(1, 1);
    private readonly ConcurrentBag<SqlLoan> _idle = [];
    private volatile bool _isDisposed;
    private volatile bool _isClaimed;

    /// <summary>Prepares for a file, which need not exist.</summary>
    public SqliteDialect(string path)
    {
        SqliteLibrary.EnsureBound();
        _path = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString();
    }

    /// <inheritdoc />
    public override async Task<SqlLoan> OpenAsync(CancellationToken cancellationToken)
    {
        ClaimFile();
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);

            // SQLite's own lower() knows ASCII only; this one agrees with how search texts were folded.
            connection.CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new SqlLoan(connection, TakeBack);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    /// <inheritdoc />
    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false));

    /// <inheritdoc />
    public override Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginWriteAsync(connection, cancellationToken);

    /// <inheritdoc />
    public override async Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        return new Turn(_writers);
    }

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked or ProtocolRace };

    /// <inheritdoc />
    public override PlanStoreFailure FailureOf(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } or IOException { HResult: NoSpaceLeft } => PlanStoreFailure.Full,
        _ => IsTransient(exception) ? PlanStoreFailure.Busy : PlanStoreFailure.Unavailable,
    };

    /// <inheritdoc />
    public override bool IsDatabaseFailure(Exception exception) => base.IsDatabaseFailure(exception) || exception is DllNotFoundException;

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var idle))
        {
            await idle.CloseAsync();
        }

        _writers.Dispose();
    }

    private bool TakeBack(SqlLoan loan)
    {
        if (_isDisposed || _idle.Count >= MostIdle)
        {
            return false;
        }

        _idle.Add(loan);
        return true;
    }

    /// <summary>The database is made readable for its owner only before SQLite first writes to it; SQLite gives its side files the same mode.</summary>
    private void ClaimFile()
    {
        var folder = Path.GetDirectoryName(_path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        }

        if (!File.Exists(_path))
        {
            if (_isClaimed)
            {
                // An empty one in its place would hide that every plan and the trail are gone, while connections that are still open go on writing to what nobody can find any more.
                throw new PlanStoreException($"The plan store's file {_path} was removed while it was in use. Put it back from a backup and start InfraGate again.");
            }

            using var created = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = OwnerOnlyFile,
            });
        }
        else if (File.GetUnixFileMode(_path) != OwnerOnlyFile)
        {
            File.SetUnixFileMode(_path, OwnerOnlyFile);
        }

        _isClaimed = true;
    }

    private sealed class Turn(SemaphoreSlim writers) : IDisposable
    {
        private SemaphoreSlim? _writers = writers;

        public void Dispose() => Interlocked.Exchange(ref _writers, null)?.Release();
    }
}
