using System.Data.Common;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>One unit of work: a transaction, the instant at which it happens, and short ways to run statements in it.</summary>
internal sealed class SqlSession(SqlLoan loan, DbTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
{
    /// <summary>The instant of everything that this unit of work records, in whole milliseconds.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Ends the unit of work early.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] arguments)
    {
        await using var prepared = Prepare(sql, arguments);
        return await prepared.Command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first row of a query; default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<SqlRow, T> map, params (string Name, object? Value)[] arguments)
    {
        await using var prepared = Prepare(sql, arguments);
        await using var reader = await prepared.Command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? map(new SqlRow(reader)) : default;
    }

    /// <summary>All rows of a query whose size the caller has bounded.</summary>
    public async Task<List<T>> AllAsync<T>(string sql, Func<SqlRow, T> map, params (string Name, object? Value)[] arguments)
    {
        await using var prepared = Prepare(sql, arguments);
        await using var reader = await prepared.Command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(new SqlRow(reader)));
        }

        return rows;
    }

    /// <summary>The rows of a query of any size, one at a time. No other statement may run until the last was read.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, Func<SqlRow, T> map, params (string Name, object? Value)[] arguments)
    {
        await using var prepared = Prepare(sql, arguments);
        await using var reader = await prepared.Command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return map(new SqlRow(reader));
        }
    }

    private SqlCommandLoan Prepare(string sql, (string Name, object? Value)[] arguments)
    {
        var prepared = loan.Command(sql);
        var command = prepared.Command;
        command.Transaction = transaction;
        foreach (var (name, value) in arguments)
        {
            var parameter = command.CreateParameter();

            // As it stands in the statement: SQLite is asked once for the parameter instead of once for each prefix that it could have.
            parameter.ParameterName = "@" + name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return prepared;
    }
}
