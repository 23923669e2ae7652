using InfraGate.Plans.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace InfraGate.EndToEnd.Tests.Storage;

/// <summary>Somebody with write access to the approval root: changes rows behind InfraGate's back.</summary>
internal sealed class PlanDatabase
{
    private const string FileName = "infragate.db";

    private readonly string _connectionString;

    public PlanDatabase(string approvalRoot)
    {
        SqliteLibrary.EnsureBound();
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(approvalRoot, FileName), Pooling = false, DefaultTimeout = 10 }.ToString();
    }

    /// <summary>Runs a statement that must change something; <c>@a</c>, <c>@b</c>, … are the values in order.</summary>
    public void Change(string sql, params object[] values)
    {
        using var connection = Open();
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery().ShouldBeGreaterThan(0, sql);
    }

    /// <summary>The first column of the first row.</summary>
    public string Read(string sql, params object[] values)
    {
        using var connection = Open();
        using var command = Command(connection, sql, values);
        return Convert.ToString(command.ExecuteScalar()) ?? "";
    }

    /// <summary>Copies the database as it is at this moment into another approval root.</summary>
    public PlanDatabase CopyTo(string approvalRoot)
    {
        Directory.CreateDirectory(approvalRoot);
        using var connection = Open();
        using var command = Command(connection, "VACUUM INTO @a", [Path.Combine(approvalRoot, FileName)]);
        command.ExecuteNonQuery();
        return new PlanDatabase(approvalRoot);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"@{(char)('a' + i)}", values[i]);
        return command;
    }
}
