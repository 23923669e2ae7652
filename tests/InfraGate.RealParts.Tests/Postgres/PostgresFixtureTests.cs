using InfraGate.RealParts.Postgres;
using Npgsql;

namespace InfraGate.RealParts.Tests.Postgres;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Each_test_gets_an_empty_database_of_a_real_server()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

        (await command.ExecuteScalarAsync()).ShouldBe(0L);
        connection.PostgreSqlVersion.Major.ShouldBe(15);
    }
}
