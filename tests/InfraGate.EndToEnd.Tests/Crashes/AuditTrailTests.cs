using System.Globalization;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Storage;
using InfraGate.RealParts.Files;

namespace InfraGate.EndToEnd.Tests.Crashes;

/// <summary>Whoever edits, removes or reorders entries of the trail is found by <c>audit verify</c>, which names the first broken one.</summary>
[Collection(OnAGatewayToKill.Name)]
public sealed class AuditTrailTests(CrashGateway stack)
{
    private static readonly (string Name, Action<PlanDatabase, long> Do)[] Edits =
    [
        ("who asked", (rows, entry) => rows.Change("UPDATE audit_entry SET actor_name = 'Mallory' WHERE sequence = @a", entry)),
        ("what was done", (rows, entry) => rows.Change("UPDATE audit_entry SET action = action || '.not' WHERE sequence = @a", entry)),
        ("when", (rows, entry) => rows.Change("UPDATE audit_entry SET at = at + 1 WHERE sequence = @a", entry)),
        ("the details", (rows, entry) => rows.Change("UPDATE audit_entry SET details = '{}' WHERE sequence = @a AND details <> '{}'", entry)),
        ("the hash", (rows, entry) => rows.Change("UPDATE audit_entry SET hash = substr(hash, 2) || '0' WHERE sequence = @a", entry)),
        ("removed", (rows, entry) => rows.Change("DELETE FROM audit_entry WHERE sequence = @a", entry)),
        ("reordered", Swap),
        ("the end cut off", (rows, entry) => rows.Change("DELETE FROM audit_entry WHERE sequence >= @a", entry)),
    ];

    public static TheoryData<string> Names => [.. Edits.Select(edit => edit.Name)];

    private static void Swap(PlanDatabase rows, long entry)
    {
        rows.Change("UPDATE audit_entry SET sequence = -1 WHERE sequence = @a", entry);
        rows.Change("UPDATE audit_entry SET sequence = @a WHERE sequence = @b", entry, entry + 1);
        rows.Change("UPDATE audit_entry SET sequence = @a WHERE sequence = -1", entry + 1);
    }

    /// <summary>A trail with a plan's whole way to its approval in it.</summary>
    private async Task<long> EnsureTrailAsync()
    {
        await using var agent = await stack.OpenSessionAsync(Person.Alice);
        var plan = await agent.PlanImageAsync("mcp-nginx-demo", $"nginx:1.{Guid.NewGuid().ToString("N")[..8]}");
        using var alice = new WireApprover(Person.Alice);
        await alice.ApproveAsync((await agent.ApplyAsync(plan)).ApprovalLink);
        return long.Parse(stack.Database.Read("SELECT sequence FROM audit_entry WHERE plan_id = @a ORDER BY sequence LIMIT 1 OFFSET 1", plan), CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_first_broken_entry_is_named(string edit)
    {
        var entry = await EnsureTrailAsync();
        using var folder = TemporaryFolder.CreateInMemory("edited-trail");
        var copy = stack.Database.CopyTo(folder.File("approvals"));
        Edits.Single(candidate => candidate.Name == edit).Do(copy, entry);

        var (code, output) = await stack.Gateway.VerifyAuditAsync(folder.File("approvals"));

        code.ShouldBe(1, output);
        output.ShouldContain("NOT whole");
        output.ShouldContain(edit == "the end cut off" ? $"ends at entry {entry - 1}" : $"Entry {entry} ");
    }

    [Fact]
    public async Task A_trail_that_nobody_touched_is_whole_in_a_copy_as_well()
    {
        await EnsureTrailAsync();
        using var folder = TemporaryFolder.CreateInMemory("copied-trail");
        stack.Database.CopyTo(folder.File("approvals"));

        (await stack.Gateway.VerifyAuditAsync(folder.File("approvals"))).ExitCode.ShouldBe(0);
    }
}
