using InfraGate.Plans.Storage;
using InfraGate.Plans.Storage.Sql;
using Npgsql;

namespace InfraGate.Plans.Tests.Storage;

public sealed class PlanStoresTests
{
    [Theory]
    [InlineData("postgres://gate:p%40ss@db.example:6543/plans?sslmode=verify-full")]
    [InlineData("postgresql://gate:p%40ss@db.example:6543/plans?sslmode=verify-full")]
    [InlineData("Host=db.example;Port=6543;Database=plans;Username=gate;Password=p@ss;SSL Mode=VerifyFull")]
    public void Both_ways_to_write_a_postgres_address_are_read(string address)
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresAddress.ToConnectionString(address));

        read.Host.ShouldBe("db.example");
        read.Port.ShouldBe(6543);
        read.Database.ShouldBe("plans");
        read.Username.ShouldBe("gate");
        read.Password.ShouldBe("p@ss");
        read.SslMode.ShouldBe(SslMode.VerifyFull);
    }

    [Theory]
    [InlineData("mysql://root:hunter2@db")]
    [InlineData("Database=plans;Password=hunter2")]
    [InlineData("Host=db;Nonsense=hunter2")]
    [InlineData("postgres://")]
    [InlineData("hunter2")]
    public void What_is_no_address_is_refused_without_being_repeated(string address)
    {
        var exception = Should.Throw<FormatException>(() => PlanStores.Open(new PlanStoreSettings { ApprovalRoot = "unused", Database = address }, TimeProvider.System));

        exception.ToString().ShouldNotContain("hunter2");
        exception.Message.ShouldContain("K8S_MCP_DATABASE");
    }
}
