using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.Plans.Tests.Audit;

public sealed class AuditExportTests
{
    [Fact]
    public async Task A_line_of_the_export_without_its_hash_is_what_was_hashed()
    {
        var entry = Entry("Bob", "{\"reason\":\"Größe \\\"XL\\\"\"}");

        var line = await LinesAsync(entry);

        var members = JsonNode.Parse(line)!.AsObject();
        var hash = members["hash"]!.GetValue<string>();
        var hashed = line.TrimEnd('\n').Replace($"\"hash\":\"{hash}\",", string.Empty, StringComparison.Ordinal);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed))).ShouldBe(hash);
        hash.ShouldBe(AuditChain.HashOf(entry));
    }

    [Fact]
    public void The_hash_of_an_entry_stays_what_it_was() => AuditChain.HashOf(Entry("Bob", "{}")).ShouldBe("7930215922ad7107fbcfe21c6ca68c13645b5231b3cf02bb39662ad1bf164c69");

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "\"'+49\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("say \"hi\", Bob", "\"say \"\"hi\"\", Bob\"")]
    [InlineData("Bob", "\"Bob\"")]
    public async Task No_cell_is_a_formula(string name, string cell)
    {
        using var writer = new StringWriter();
        await AuditExport.WriteCsvAsync(Many(Entry(name, "{}")), writer);

        var rows = writer.ToString().Split("\r\n");
        rows[0].ShouldBe("sequence,at,actorKind,actorSubject,actorName,actorClient,action,plan,from,to,details,previousHash,hash");
        rows[1].ShouldContain($",{cell},");
        rows[1].ShouldStartWith("\"7\",\"2026-11-20T10:00:00.123Z\",\"human\",");
        rows[2].ShouldBeEmpty();
    }

    private static AuditEntry Entry(string name, string details)
    {
        var entry = new AuditEntry
        {
            Sequence = 7,
            At = new DateTimeOffset(2026, 11, 20, 10, 0, 0, 123, TimeSpan.Zero),
            Actor = new AuditActor(AuditActorKind.Human, "bob", name, Client: null),
            Action = AuditActions.PlanApproved,
            Plan = PlanId.Parse("20261120-7QK2M9ZX"),
            From = PlanStatus.Pending,
            To = PlanStatus.Approved,
            Details = details,
            PreviousHash = AuditChain.Genesis,
            Hash = string.Empty,
        };
        return entry with { Hash = AuditChain.HashOf(entry) };
    }

    private static async Task<string> LinesAsync(AuditEntry entry)
    {
        using var writer = new StringWriter();
        await AuditExport.WriteJsonLinesAsync(Many(entry), writer);
        return writer.ToString();
    }

    private static async IAsyncEnumerable<AuditEntry> Many(params AuditEntry[] entries)
    {
        foreach (var entry in entries)
        {
            yield return await Task.FromResult(entry);
        }
    }
}
