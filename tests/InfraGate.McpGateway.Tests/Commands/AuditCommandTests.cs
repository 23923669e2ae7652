using System.Text.Json;
using InfraGate.McpGateway.Commands;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using Microsoft.Data.Sqlite;

namespace InfraGate.McpGateway.Tests.Commands;

/// <summary>The subcommand as an operator runs it: the built program, told by its environment where to look.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("audit-command");

    [Fact]
    public async Task A_whole_trail_is_said_to_be_whole()
    {
        await StoreAsync(plans: 2);

        var (code, said) = await RunAsync("verify");

        code.ShouldBe(0, said);
        said.ShouldContain("The audit trail is whole: 2 entries");
    }

    [Fact]
    public async Task A_mistyped_approval_root_is_refused_and_nothing_is_made()
    {
        foreach (var words in new[] { new[] { "verify" }, ["export", "jsonl"] })
        {
            var (code, said) = await RunAsync(words);

            code.ShouldBe(1);
            said.ShouldContain("There is no plan database at " + Database);
            said.ShouldContain("K8S_MCP_APPROVAL_ROOT");
        }

        Directory.Exists(Root).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_broken_entry_is_named()
    {
        await StoreAsync(plans: 3);
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var edit = connection.CreateCommand();
            edit.CommandText = "UPDATE audit_entry SET details = '{}' WHERE sequence = 2";
            (await edit.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var (code, said) = await RunAsync("verify");

        code.ShouldBe(1);
        said.ShouldContain("NOT whole");
        said.ShouldContain("entry 2", Case.Insensitive);
    }

    [Fact]
    public async Task The_trail_is_exported_as_JSON_lines_and_as_CSV()
    {
        await StoreAsync(plans: 2);

        var (lines, jsonl) = await RunAsync("export", "jsonl");
        var (table, csv) = await RunAsync("export", "csv");

        lines.ShouldBe(0);
        jsonl.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("action").GetString()).ShouldBe(["plan.created", "plan.created"]);
        table.ShouldBe(0);
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Words_that_are_not_understood_get_the_usage()
    {
        var (code, said) = await RunAsync("frobnicate");

        code.ShouldBe(CommandLine.NotUnderstood);
        said.ShouldContain("audit verify");
    }

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.File("approvals");

    private string Database => Path.Combine(Root, PlanStoreSettings.DefaultFileName);

    private async Task StoreAsync(int plans)
    {
        await using var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = Root }, TimeProvider.System);
        await store.InitializeAsync();
        for (var i = 0; i < plans; i++)
        {
            await store.AddAsync(StoredPlans.Scale(DateTimeOffset.UtcNow));
        }
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] words)
    {
        var environment = new Dictionary<string, string?> { ["K8S_MCP_APPROVAL_ROOT"] = Root, ["INFRA_GATE_KEY_ROOT"] = _folder.File("keys") };
        await using var command = ProductProcess.Launch("InfraGate.McpGateway", environment, ["audit", .. words]);
        var code = await command.WaitForExitAsync(TimeSpan.FromSeconds(60));
        return (code, string.Join('\n', command.RecentLines));
    }
}
