using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>What one object is, and what the API server says it would become: both of the same moment.</summary>
/// <param name="Version">Ties a write to the live object; none when it does not exist.</param>
/// <param name="Live">The live object without noise; null when it does not exist.</param>
/// <param name="Sent">The object that was sent; null for a deletion.</param>
/// <param name="ResultFull">The dry-run's result as answered; null for a deletion.</param>
/// <param name="Result">The result without noise and without what the server draws.</param>
/// <param name="Request">The request that was tried, force decided.</param>
/// <param name="Conflicts">Fields that other managers lose.</param>
/// <param name="Warnings">What the API server warned of.</param>
internal sealed record DryRunResult(
    Preconditions Version,
    JsonObject? Live,
    JsonObject? Sent,
    JsonObject? ResultFull,
    JsonObject? Result,
    PlannedRequest Request,
    IReadOnlyList<FieldConflict> Conflicts,
    IReadOnlyList<string> Warnings);
