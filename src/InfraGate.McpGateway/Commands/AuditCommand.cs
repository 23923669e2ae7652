using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Storage;

namespace InfraGate.McpGateway.Commands;

/// <summary>Verifies and exports the audit trail (<c>docs/audit.md</c>) without running the gateway; safe beside one that runs.</summary>
internal sealed class AuditCommand(TextWriter output, TextWriter errors, TimeProvider timeProvider) : ICommand
{
    private const string Usage = "Usage: audit verify | audit export jsonl | audit export csv. Reads K8S_MCP_APPROVAL_ROOT, K8S_MCP_DATABASE and INFRA_GATE_KEY_ROOT.";
    private const string DefaultApprovalRoot = ".mcp-approvals";
    private const int Refused = 1;

    /// <inheritdoc />
    public string Name => "audit";

    /// <inheritdoc />
    public string Summary => "Verify the audit trail, or export it as JSONL or CSV.";

    /// <inheritdoc />
    public async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["verify"] => await VerifyAsync(),
                ["export", "jsonl"] => await ExportAsync(AuditExport.WriteJsonLinesAsync),
                ["export", "csv"] => await ExportAsync(AuditExport.WriteCsvAsync),
                _ => await ExplainAsync(),
            };
        }
        catch (Exception exception) when (exception is PlanStoreException or GrantKeyException or FormatException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private async Task<int> VerifyAsync()
    {
        await using var store = await OpenAsync();
        var keyRoot = Variable("INFRA_GATE_KEY_ROOT") ?? GrantKeyFile.DefaultRoot;
        using var key = GrantKeyFile.Load(keyRoot);
        var verified = await store.VerifyAuditAsync(new AuditVerificationOptions
        {
            PublicKey = key?.PublicKey,
            Anchor = key is null ? null : AuditSigner.ReadAnchor(Path.Combine(keyRoot, AuditSigner.AnchorFileName)),
        });
        foreach (var broken in verified.PlanBreaks.Prepend(verified.FirstBreak).OfType<AuditBreak>())
        {
            await errors.WriteLineAsync($"{broken.Problem}: {broken.Message}");
        }

        var signed = key is null ? "no signing key was found, so signatures were not looked at" : $"signed through entry {verified.SignedThrough}";
        await output.WriteLineAsync(verified.IsWhole
            ? $"The audit trail is whole: {verified.Entries} entries, {signed}."
            : $"The audit trail is NOT whole. Entries before the first break: {verified.Entries} of {verified.Head.Sequence}; {signed}.");
        return verified.IsWhole ? 0 : Refused;
    }

    private async Task<int> ExportAsync(Func<IAsyncEnumerable<AuditEntry>, TextWriter, CancellationToken, Task> write)
    {
        await using var store = await OpenAsync();
        await write(store.ReadAuditAsync(), output, CancellationToken.None);
        return 0;
    }

    private async Task<int> ExplainAsync()
    {
        await errors.WriteLineAsync(Usage);
        return CommandLine.NotUnderstood;
    }

    private async Task<SqlPlanStore> OpenAsync()
    {
        var settings = new PlanStoreSettings { ApprovalRoot = Variable("K8S_MCP_APPROVAL_ROOT") ?? DefaultApprovalRoot, Database = Variable("K8S_MCP_DATABASE") };
        if (PlanStores.MissingFile(settings) is { } missing)
        {
            // Opening it would make it, and an empty trail is whole: a mistyped path must not pass for an untouched one.
            throw new PlanStoreException(
                $"There is no plan database at {Path.GetFullPath(missing)}. Set K8S_MCP_APPROVAL_ROOT to the gateway's approval root, or K8S_MCP_DATABASE to its database.");
        }

        var store = PlanStores.Open(settings, timeProvider);
        try
        {
            await store.InitializeAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
