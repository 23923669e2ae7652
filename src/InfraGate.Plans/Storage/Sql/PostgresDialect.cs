using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// PostgreSQL, for several gateways on one store. Writers come one after the other by locking the single row that holds the end of the audit chain, which each of them must
/// change anyway.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    private const long MigrationLock = 0x496E66726147617;
    private const int CommandTimeoutSeconds = 15;

    private readonly NpgsqlDataSource _source;

    /// <summary>Prepares for a connection string in Npgsql's form; nothing is opened yet.</summary>
    public PostgresDialect(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "infragate",
            CommandTimeout = CommandTimeoutSeconds,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
        };
        _source = NpgsqlDataSource.Create(builder);
    }

    /// <inheritdoc />
    public override async Task<SqlLoan> OpenAsync(CancellationToken cancellationToken) => new(await _source.OpenConnectionAsync(cancellationToken));

    /// <inheritdoc />
    public override async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <inheritdoc />
    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginLockedAsync(connection, "SELECT sequence FROM audit_head WHERE id = 1 FOR UPDATE", cancellationToken);

    /// <inheritdoc />
    public override Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        BeginLockedAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);

    /// <inheritdoc />
    public override bool IsTransient(Exception exception) => exception is NpgsqlException { IsTransient: true };

    /// <inheritdoc />
    public override PlanStoreFailure FailureOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => PlanStoreFailure.Full,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled }
            => PlanStoreFailure.Busy,
        _ => PlanStoreFailure.Unavailable,
    };

    /// <inheritdoc />
    public override bool IsDatabaseFailure(Exception exception) => base.IsDatabaseFailure(exception) || exception is SocketException;

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<DbTransaction> BeginLockedAsync(DbConnection connection, string lockStatement, CancellationToken cancellationToken)
    {
        // Read committed, so that every statement after the lock sees what the previous holder of the lock committed.
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = lockStatement;
            await command.ExecuteScalarAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
