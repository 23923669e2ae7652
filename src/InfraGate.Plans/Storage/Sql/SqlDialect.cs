using System.Data.Common;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// Where SQLite and PostgreSQL differ: how a connection is made, how a unit of work starts so that writers come one after the other, and which failures pass by themselves.
/// The statements are the same for both.
/// </summary>
internal abstract class SqlDialect : IAsyncDisposable
{
    /// <summary>Lends a connection that is ready for statements.</summary>
    public abstract Task<SqlLoan> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Starts a transaction that sees one state of the database from its first statement to its last.</summary>
    public abstract Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Starts a transaction that is the only writing one until it ends, so that what it reads is what it changes.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Starts the transaction in which the schema is brought up to date; exclusive even before any table exists.</summary>
    public abstract Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Waits for this process's turn to write, where the database would otherwise make threads wait.</summary>
    public virtual Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable?>(null);

    /// <summary>Whether trying the whole unit of work again may succeed: a lock, a deadlock, a connection that broke.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Whether the database (and not this program) is what failed.</summary>
    public virtual bool IsDatabaseFailure(Exception exception) => exception is DbException or IOException or UnauthorizedAccessException or TimeoutException;

    /// <summary>What kind of failure of the database it is; a lock that outlasted every attempt, a full disk, or anything else.</summary>
    public abstract PlanStoreFailure FailureOf(Exception exception);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
