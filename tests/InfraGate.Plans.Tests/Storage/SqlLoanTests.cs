using InfraGate.Plans.Storage.Sql;
using InfraGate.RealParts.Files;

namespace InfraGate.Plans.Tests.Storage;

/// <summary>Connections to SQLite are kept with their compiled statements; what one unit of work did must not show in the next.</summary>
public sealed class SqlLoanTests : IAsyncDisposable
{
    private const string Insert = "INSERT INTO kept (name, note) VALUES (@name, @note)";
    private const string Read = "SELECT * FROM kept WHERE name = @name";

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("sql-loan");
    private readonly SqliteDialect _dialect;
    private readonly SqlDatabase _database;

    public SqlLoanTests()
    {
        _dialect = new SqliteDialect(_folder.File("kept.db"));
        _database = new SqlDatabase(_dialect, TimeProvider.System);
    }

    [Fact]
    public async Task A_connection_serves_the_next_unit_of_work_when_the_one_before_ended_well()
    {
        var first = await _dialect.OpenAsync(CancellationToken.None);
        first.EndedWell();
        await first.DisposeAsync();

        await using var second = await _dialect.OpenAsync(CancellationToken.None);

        second.ShouldBeSameAs(first);
    }

    [Fact]
    public async Task A_unit_of_work_that_failed_takes_its_connection_with_it()
    {
        var first = await _dialect.OpenAsync(CancellationToken.None);
        await first.DisposeAsync();

        await using var second = await _dialect.OpenAsync(CancellationToken.None);

        second.ShouldNotBeSameAs(first);
        first.Connection.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Fact]
    public async Task A_connection_that_ended_well_once_is_not_taken_for_sound_after_it_failed()
    {
        await using (var once = await _dialect.OpenAsync(CancellationToken.None))
            once.EndedWell();
        var again = await _dialect.OpenAsync(CancellationToken.None);
        await again.DisposeAsync();

        await using var third = await _dialect.OpenAsync(CancellationToken.None);

        third.ShouldNotBeSameAs(again);
    }

    [Fact]
    public async Task Only_a_few_connections_are_kept()
    {
        var many = new List<SqlLoan>();
        for (var i = 0; i < 10; i++)
            many.Add(await _dialect.OpenAsync(CancellationToken.None));
        foreach (var loan in many)
        {
            loan.EndedWell();
            await loan.DisposeAsync();
        }

        many.Count(loan => loan.Connection.State == System.Data.ConnectionState.Open).ShouldBe(4);
    }

    [Fact]
    public async Task A_kept_statement_takes_only_the_arguments_of_its_own_execution_and_sees_a_schema_that_changed()
    {
        await WriteAsync(session => session.ExecuteAsync("CREATE TABLE kept (name TEXT, note TEXT)"));
        await WriteAsync(session => session.ExecuteAsync(Insert, ("name", "first"), ("note", "said")));
        await WriteAsync(session => session.ExecuteAsync(Insert, ("name", "second"), ("note", null)));
        (await NoteAsync("second")).ShouldBeNull();
        (await NoteAsync("first")).ShouldBe("said");

        await WriteAsync(session => session.ExecuteAsync("ALTER TABLE kept ADD COLUMN extra TEXT DEFAULT 'new'"));

        var extra = await _database.ReadAsync(session => session.FirstAsync(Read, row => row.Text("extra"), ("name", "first")), CancellationToken.None);
        extra.ShouldBe("new");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private Task<string?> NoteAsync(string name) =>
        _database.ReadAsync(session => session.FirstAsync(Read, row => row.TextOrNull("note"), ("name", name)), CancellationToken.None);

    private Task<int> WriteAsync(Func<SqlSession, Task<int>> work) => _database.WriteAsync(work, CancellationToken.None);
}
