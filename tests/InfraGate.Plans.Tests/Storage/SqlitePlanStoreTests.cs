using System.Runtime.Versioning;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Storage.Sql;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class SqlitePlanStoreTests : PlanStoreContract
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "infragate-store-" + Guid.NewGuid().ToString("N"));

    private string DatabaseFile => Path.Combine(_root, PlanStoreSettings.DefaultFileName);

    [Fact]
    public void The_database_is_its_owners_alone()
    {
        File.GetUnixFileMode(_root).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(_root))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task A_database_that_was_opened_to_others_is_closed_again()
    {
        File.SetUnixFileMode(DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await Store.ReadAuditHeadAsync();

        File.GetUnixFileMode(DatabaseFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Commits_are_on_the_disk_before_they_are_confirmed_and_readers_never_wait()
    {
        (await ScalarAsync("PRAGMA journal_mode")).ShouldBe("wal");
        (await ScalarAsync("PRAGMA synchronous")).ShouldBe("2");
        (await ScalarAsync("PRAGMA foreign_keys")).ShouldBe("1");
    }

    [Fact]
    public async Task A_page_is_a_walk_along_an_index()
    {
        foreach (var query in (PlanQuery[])[
            new(),
            new() { Namespace = "a" },
            new() { RequesterSubject = "a" },
            new() { Operation = PlanOperation.Scale },
            new() { Statuses = [InfraGate.Plans.Lifecycle.PlanStatus.Pending], After = new ListOrder(1, 5, "20261120-AAAAAAAA").ToString() }])
        {
            var (sql, arguments) = PlanList.Build(query);
            var steps = await ExplainAsync(sql, arguments);

            var walks = steps.Where(step => step.Contains(" plan ", StringComparison.Ordinal)).ToList();
            walks.ShouldNotBeEmpty();
            walks.ShouldAllBe(step => step.StartsWith("SEARCH plan USING INDEX plan_by_", StringComparison.Ordinal), string.Join('\n', steps));
        }
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_refused()
    {
        await ExecuteRawAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'future', 0)");

        (await Should.ThrowAsync<PlanStoreException>(() => Store.InitializeAsync())).Message.ShouldContain("schema version 999");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_a_store_that_cannot_be_used()
    {
        var path = Path.Combine(_root, "garbage.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("this is no database ", 100)));
        await using var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root, Database = "sqlite:" + path }, Time);

        await Should.ThrowAsync<PlanStoreException>(() => store.InitializeAsync());
    }

    [Fact]
    public async Task A_file_that_is_removed_while_it_is_in_use_is_missed_and_not_made_anew()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(DatabaseFile)!, Path.GetFileName(DatabaseFile) + "*"))
        {
            File.Delete(file);
        }

        (await Should.ThrowAsync<PlanStoreException>(() => Store.CountAsync())).Message.ShouldContain("was removed while it was in use");

        File.Exists(DatabaseFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_store_that_cannot_be_used()
    {
        await using var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = Path.Combine(DatabaseFile, "below a file") }, Time);

        await Should.ThrowAsync<PlanStoreException>(() => store.InitializeAsync());
    }

    [Fact]
    public async Task A_plan_is_read_without_walking_along_the_trail()
    {
        var steps = await ExplainAsync(AuditTable.StoryQuery, [("plan", "any")]);

        steps.ShouldHaveSingleItem().ShouldContain("INDEX audit_by_plan (plan_id=?)");
    }

    private protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override SqlPlanStore OpenStore(AuditSigner? signer = null, int maxPendingPlans = 0) =>
        PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root, AuditSigner = signer, MaxPendingPlans = maxPendingPlans }, Time);

    private protected override async Task ExecuteRawAsync(string sql)
    {
        await using var dialect = new SqliteDialect(DatabaseFile);
        await using var loan = await dialect.OpenAsync(CancellationToken.None);
        await using var command = loan.Connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys = OFF; " + sql;
        await command.ExecuteNonQueryAsync();
    }

    private protected override Task CleanUpAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var dialect = new SqliteDialect(DatabaseFile);
        await using var loan = await dialect.OpenAsync(CancellationToken.None);
        await using var command = loan.Connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private async Task<List<string>> ExplainAsync(string sql, (string Name, object? Value)[] arguments)
    {
        await using var dialect = new SqliteDialect(DatabaseFile);
        await using var database = new SqlDatabase(dialect, TimeProvider.System);
        return await database.ReadAsync(session => session.AllAsync("EXPLAIN QUERY PLAN " + sql, row => row.Text("detail"), arguments), CancellationToken.None);
    }
}
