using InfraGate.Plans.Audit;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;
using InfraGate.RealParts.Postgres;
using InfraGate.RealParts.Processes;
using Npgsql;

namespace InfraGate.Plans.Tests.Storage;

public sealed class PostgresPlanStoreTests(PostgresFixture postgres) : PlanStoreContract, IClassFixture<PostgresFixture>
{
    private string _connectionString = string.Empty;

    [Fact]
    public async Task Several_programs_that_start_at_once_agree_on_the_schema()
    {
        var database = await postgres.NewDatabaseAsync();
        var stores = Enumerable.Range(0, 8).Select(_ => PlanStores.Open(new PlanStoreSettings { ApprovalRoot = "unused", Database = database }, Time)).ToList();

        await Task.WhenAll(stores.Select(store => store.InitializeAsync()));

        foreach (var store in stores)
        {
            (await store.ReadAuditHeadAsync()).ShouldBe(AuditChain.Empty);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Gateways_with_a_store_each_share_one_truth()
    {
        var plan = await ApprovedAsync();
        await using var second = OpenStore();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Store : second).TryTransitionAsync(plan.Id, [Edges.Claim($"executor-{i}", Time.GetUtcNow().AddMinutes(1))]))));

        claims.Count(won => won).ShouldBe(1);
        (await second.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Connections_that_the_server_ended_are_replaced()
    {
        var plan = await ApprovedAsync();
        await ExecuteRawAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        (await Store.TryTransitionAsync(plan.Id, [Edges.Claim("me", Time.GetUtcNow().AddMinutes(1))])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_is_not_there_refuses_and_gives_no_password_away()
    {
        var address = new NpgsqlConnectionStringBuilder(_connectionString) { Port = FreePorts.Find(1)[0], Timeout = 2 };
        await using var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = "unused", Database = address.ToString() }, Time);

        var exception = await Should.ThrowAsync<PlanStoreException>(() => store.InitializeAsync());

        exception.ToString().ShouldNotContain(address.Password!);
    }

    private protected override async Task PrepareAsync() => _connectionString = await postgres.NewDatabaseAsync();

    private protected override SqlPlanStore OpenStore(AuditSigner? signer = null, int maxPendingPlans = 0) =>
        PlanStores.Open(new PlanStoreSettings { ApprovalRoot = "unused", Database = _connectionString, AuditSigner = signer, MaxPendingPlans = maxPendingPlans }, Time);

    private protected override async Task ExecuteRawAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql.Contains("pg_terminate", StringComparison.Ordinal) ? sql : "SET session_replication_role = replica; " + sql);
        await command.ExecuteNonQueryAsync();
    }

    private protected override Task CleanUpAsync() => Task.CompletedTask;
}
