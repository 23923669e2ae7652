using System.Text.Json;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Audit;

namespace InfraGate.McpGateway.Tests.Guardrails.Audit;

public sealed class GuardrailAuditFileTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "infragate-audit-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_entry_is_one_line_of_JSON_that_only_the_owner_can_read()
    {
        using var audit = new GuardrailAuditFile(Options());
        audit.Record(Entry("alice\nbob"));
        var line = Read(audit.Path).ShouldHaveSingleItem();
        using var json = JsonDocument.Parse(line);
        json.RootElement.GetProperty("subject").GetString().ShouldBe("alice\nbob");
        json.RootElement.GetProperty("findings").GetProperty("credential.jwt").GetInt32().ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(audit.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Full_files_are_put_aside_and_only_so_many_are_kept()
    {
        using var audit = new GuardrailAuditFile(Options() with { AuditFileSize = 600, AuditFiles = 3 });
        for (var i = 0; i < 40; i++)
        {
            audit.Record(Entry("subject-" + i));
        }

        var files = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        files.ShouldBe(["audit.1.jsonl", "audit.2.jsonl", "audit.jsonl"]);
        Directory.GetFiles(folder).ShouldAllBe(file => new FileInfo(file).Length <= 600);
        Read(audit.Path)[^1].ShouldContain("subject-39");
    }

    [Fact]
    public void A_file_that_was_moved_away_is_begun_again()
    {
        using var audit = new GuardrailAuditFile(Options());
        audit.Record(Entry("before"));
        File.Move(audit.Path, audit.Path + ".archived");
        audit.Record(Entry("after"));
        Read(audit.Path).ShouldHaveSingleItem().ShouldContain("after");
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        File.WriteAllText(folder + ".file", "");
        try
        {
            using var audit = new GuardrailAuditFile(new GuardrailOptions { AuditRoot = folder + ".file" });
            Should.Throw<GuardrailAuditException>(() => audit.Record(Entry("alice")));
        }
        finally
        {
            File.Delete(folder + ".file");
        }
    }

    [Fact]
    public void A_link_in_the_place_of_the_audit_is_not_followed()
    {
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, "target");
        File.WriteAllText(target, "");
        File.CreateSymbolicLink(Path.Combine(folder, "audit.jsonl"), target);
        using var audit = new GuardrailAuditFile(Options());
        Should.Throw<GuardrailAuditException>(() => audit.Record(Entry("alice")));
        File.ReadAllText(target).ShouldBeEmpty();
    }

    private GuardrailOptions Options() => new() { AuditRoot = folder };

    private static GuardrailAuditEntry Entry(string subject) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Tool = "get_pod_logs",
        Direction = "output",
        Action = "cleaned",
        Findings = new Dictionary<string, int>(StringComparer.Ordinal) { ["credential.jwt"] = 1 },
        Subject = subject,
        Client = "codex",
    };

    private static List<string> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
