using System.Data.Common;
using System.Text.Json;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// Runs units of work: each in one transaction, again (a bounded number of times) when a lock or a broken connection was in the way, and with every failure of the database
/// turned into a <see cref="PlanStoreException"/>.
/// </summary>
internal sealed class SqlDatabase(SqlDialect dialect, TimeProvider timeProvider) : IAsyncDisposable
{
    private const int MaximumAttempts = 5;
    private const int FirstPauseMilliseconds = 20;

    /// <summary>Runs work that only reads, on one state of the database.</summary>
    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        AttemptAsync(() => RunAsync(dialect.BeginReadAsync, work, cancellationToken), cancellationToken);

    /// <summary>Runs work that may write; it is the only writer meanwhile.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        AttemptAsync(() => RunQueuedAsync(dialect.BeginWriteAsync, work, cancellationToken), cancellationToken);

    /// <summary>Runs work that changes the schema; it is the only one meanwhile.</summary>
    public Task<T> MigrateAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        AttemptAsync(() => RunQueuedAsync(dialect.BeginMigrationAsync, work, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dialect.DisposeAsync();

    private async Task<T> RunQueuedAsync<T>(
        Func<DbConnection, CancellationToken, Task<DbTransaction>> begin, Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await dialect.EnterWriteAsync(cancellationToken);
        return await RunAsync(begin, work, cancellationToken);
    }

    private async Task<T> RunAsync<T>(
        Func<DbConnection, CancellationToken, Task<DbTransaction>> begin, Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var loan = await dialect.OpenAsync(cancellationToken);
        await using var transaction = await begin(loan.Connection, cancellationToken);
        var result = await work(new SqlSession(loan, transaction, Instants.ToMilliseconds(timeProvider.GetUtcNow()), cancellationToken));
        try
        {
            // Not cancellable: a commit that was given up half-way leaves nobody knowing whether it happened.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (dialect.IsDatabaseFailure(exception))
        {
            throw new PlanStoreException("The database did not confirm a change; whether it was made must be read again.", exception) { Failure = dialect.FailureOf(exception) };
        }

        loan.EndedWell();
        return result;
    }

    private async Task<T> AttemptAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (Exception exception) when (attempt < MaximumAttempts && dialect.IsTransient(exception))
            {
                await Task.Delay(Pause(attempt), TimeProvider.System, cancellationToken);
            }
            catch (Exception exception) when (dialect.IsDatabaseFailure(exception))
            {
                throw new PlanStoreException("The plan store's database cannot be used: " + exception.Message, exception) { Failure = dialect.FailureOf(exception) };
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidCastException or OverflowException)
            {
                throw new PlanStoreException("The plan store holds a row that no InfraGate wrote: " + exception.Message, exception);
            }
        }
    }

    /// <summary>Doubles from attempt to attempt, with as much again by chance, so that processes that collided do not collide again.</summary>
    private static TimeSpan Pause(int attempt)
    {
        var most = FirstPauseMilliseconds << attempt;
        return TimeSpan.FromMilliseconds(Random.Shared.Next(most / 2, most));
    }
}
