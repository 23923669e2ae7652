using Microsoft.Data.Sqlite;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>What somebody who can write to the approval root can do.</summary>
internal static class PlanDatabase
{
    public static async Task EditAsync(string approvalRoot, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(approvalRoot, "infragate.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }
}
