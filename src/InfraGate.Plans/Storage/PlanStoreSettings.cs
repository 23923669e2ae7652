using InfraGate.Plans.Audit;

namespace InfraGate.Plans.Storage;

/// <summary>Where the plans are kept.</summary>
public sealed record PlanStoreSettings
{
    /// <summary>The file name of the embedded database in the approval root.</summary>
    public const string DefaultFileName = "infragate.db";

    /// <summary>The folder of the embedded database (<c>K8S_MCP_APPROVAL_ROOT</c>); made with mode 0700 when it does not exist.</summary>
    public required string ApprovalRoot { get; init; }

    /// <summary>
    /// <c>K8S_MCP_DATABASE</c>: nothing for <see cref="DefaultFileName"/> in the approval root; <c>sqlite:PATH</c> for another file; a <c>postgres://</c> URL or an Npgsql connection
    /// string (it has a <c>Host=</c>) for PostgreSQL.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>How many plans of one requester may wait for a decision at a time; 0 for any number. Only who makes plans needs it.</summary>
    public int MaxPendingPlans { get; init; }

    /// <summary>Signs the audit chain from time to time; only the gateway has one, because only it holds the key.</summary>
    public AuditSigner? AuditSigner { get; init; }
}
