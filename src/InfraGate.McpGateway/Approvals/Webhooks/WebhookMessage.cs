using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.Plans;
using InfraGate.Plans.Audit;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>What the webhook posts. It names the change and where to decide on it; it holds no value from the cluster and no approval link.</summary>
internal sealed record WebhookMessage
{
    /// <summary>What happened.</summary>
    [JsonPropertyName("event")]
    public string Event { get; } = AuditActions.PlanCreated;

    /// <summary>The same for every attempt at one message.</summary>
    [JsonPropertyName("deliveryId")]
    public required string DeliveryId { get; init; }

    /// <summary>The plan.</summary>
    [JsonPropertyName("planId")]
    public required string PlanId { get; init; }

    /// <summary>apply, delete, scale, restart or set-image.</summary>
    [JsonPropertyName("operation")]
    public required string Operation { get; init; }

    /// <summary>The cluster.</summary>
    [JsonPropertyName("cluster")]
    public required string Cluster { get; init; }

    /// <summary>The namespace.</summary>
    [JsonPropertyName("namespace")]
    public required string Namespace { get; init; }

    /// <summary>The impact in one sentence.</summary>
    [JsonPropertyName("summary")]
    public required string Summary { get; init; }

    /// <summary>The most severe finding: info, warn, acknowledge; null without findings.</summary>
    [JsonPropertyName("risk")]
    public required string? Risk { get; init; }

    /// <summary>Who asked.</summary>
    [JsonPropertyName("requester")]
    public required string Requester { get; init; }

    /// <summary>Through which client.</summary>
    [JsonPropertyName("client")]
    public required string Client { get; init; }

    /// <summary>When the plan ends, RFC 3339.</summary>
    [JsonPropertyName("expiresAt")]
    public required string ExpiresAt { get; init; }

    /// <summary>The page to decide on; it asks whoever opens it to sign in.</summary>
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    /// <summary>The message about a plan.</summary>
    public static WebhookMessage Of(Plan plan, AuditEntry entry, Uri page) => new()
    {
        DeliveryId = entry.Hash[..32],
        PlanId = plan.Id.Value,
        Operation = plan.Content.Operation.ToName(),
        Cluster = plan.Content.Cluster,
        Namespace = plan.Content.Namespace,
        Summary = plan.Content.Impact.Sentence,
        Risk = plan.Content.Findings.Count == 0 ? null : plan.Content.Findings.Max(finding => finding.Severity).ToString().ToLowerInvariant(),
        Requester = plan.Content.Requester.Name,
        Client = plan.Content.Requester.Client,
        ExpiresAt = plan.Content.ExpiresAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Url = page.AbsoluteUri,
    };

    /// <summary>The body.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
