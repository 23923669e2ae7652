using System.Data.Common;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>
/// A connection on loan to one unit of work. It is closed afterwards, unless the unit of work succeeded and whoever lent it wants it back: then the next one finds its
/// statements compiled.
/// </summary>
internal sealed class SqlLoan(DbConnection connection, Func<SqlLoan, bool>? takeBack = null) : IAsyncDisposable
{
    /// <summary>Statements that are put together from a caller's filters have more forms than are worth keeping.</summary>
    private const int MostKept = 100;

    private readonly Dictionary<string, DbCommand> _kept = new(StringComparer.Ordinal);
    private bool _isSound;

    /// <summary>The open connection.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Says that the unit of work ended well, so that the connection is as it was before.</summary>
    public void EndedWell() => _isSound = true;

    /// <summary>A command for a statement; the same one each time where commands are kept. No two of the same statement may run at once.</summary>
    public SqlCommandLoan Command(string sql)
    {
        if (_kept.TryGetValue(sql, out var kept))
        {
            kept.Parameters.Clear();
            return new SqlCommandLoan(kept, IsKept: true);
        }

        var command = Connection.CreateCommand();
        command.CommandText = sql;
        if (takeBack is null || _kept.Count == MostKept)
        {
            return new SqlCommandLoan(command, IsKept: false);
        }

        _kept.Add(sql, command);
        return new SqlCommandLoan(command, IsKept: true);
    }

    /// <summary>Gives the connection back or closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        var isSound = _isSound;
        _isSound = false;
        if (isSound && takeBack?.Invoke(this) == true)
        {
            return;
        }

        await CloseAsync();
    }

    /// <summary>Closes the connection and everything on it.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var command in _kept.Values)
        {
            await command.DisposeAsync();
        }

        _kept.Clear();
        await Connection.DisposeAsync();
    }
}

/// <summary>A command on loan to one execution; a kept one outlives it.</summary>
internal readonly record struct SqlCommandLoan(DbCommand Command, bool IsKept) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => IsKept ? ValueTask.CompletedTask : Command.DisposeAsync();
}
