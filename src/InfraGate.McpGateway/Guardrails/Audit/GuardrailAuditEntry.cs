using System.Text.Json.Serialization;

namespace InfraGate.McpGateway.Guardrails.Audit;

/// <summary>One line of the guardrail audit: who, which tool, which way, what categories. The text that was found is never part of it.</summary>
internal sealed record GuardrailAuditEntry
{
    /// <summary>When, in UTC.</summary>
    [JsonPropertyName("time")]
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tool; <c>unknown</c> for a name that is no tool name.</summary>
    [JsonPropertyName("tool")]
    public required string Tool { get; init; }

    /// <summary><c>input</c>, <c>output</c> or <c>notification</c>.</summary>
    [JsonPropertyName("direction")]
    public required string Direction { get; init; }

    /// <summary><c>flagged</c> when the message went on as it was, <c>cleaned</c> when something was replaced or removed.</summary>
    [JsonPropertyName("action")]
    public required string Action { get; init; }

    /// <summary>How many of which category.</summary>
    [JsonPropertyName("findings")]
    public required IReadOnlyDictionary<string, int> Findings { get; init; }

    /// <summary>The plan the call was about.</summary>
    [JsonPropertyName("planId")]
    public string? PlanId { get; init; }

    /// <summary>The verified subject.</summary>
    [JsonPropertyName("subject")]
    public required string Subject { get; init; }

    /// <summary>The verified client.</summary>
    [JsonPropertyName("client")]
    public required string Client { get; init; }

    /// <summary>A hash of the session id.</summary>
    [JsonPropertyName("session")]
    public string? Session { get; init; }

    /// <summary>The trace id of the request.</summary>
    [JsonPropertyName("traceId")]
    public string? TraceId { get; init; }
}
