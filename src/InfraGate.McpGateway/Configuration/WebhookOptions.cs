namespace InfraGate.McpGateway.Configuration;

/// <summary>Who is told that a plan waits.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Where messages are posted (<c>INFRA_GATE_WEBHOOK_URL</c>).</summary>
    public required Uri Url { get; init; }

    /// <summary>The secret that both sides share (<c>INFRA_GATE_WEBHOOK_SECRET</c>), at least 32 characters.</summary>
    public required string Secret { get; init; }

    /// <summary>The pause before the first retry; later ones double it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
}
