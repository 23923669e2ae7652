using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.Plans;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>One call of a <c>request_*</c> tool, understood but not yet tried.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Tool">The tool that was called.</param>
/// <param name="Arguments">Its arguments; a manifest is represented by its fingerprint.</param>
/// <param name="Manifest">The manifest, for the tools that take one.</param>
/// <param name="Changes">What it wants of which objects, in order, for a plan made at the given time.</param>
internal sealed record RequestedOperation(
    PlanOperation Operation, string Tool, JsonObject Arguments, Manifest? Manifest, Func<DateTimeOffset, IReadOnlyList<RequestedChange>> Changes);
