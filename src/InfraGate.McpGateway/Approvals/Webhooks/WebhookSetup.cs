using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>Registers the webhook where one is configured.</summary>
internal static class WebhookSetup
{
    /// <summary>Adds it; nothing without <c>INFRA_GATE_WEBHOOK_URL</c>.</summary>
    public static IServiceCollection AddPlanWebhook(this IServiceCollection services, GatewayOptions options)
    {
        if (options.Webhook is not { } webhook)
        {
            return services;
        }

        services.AddSingleton(webhook);
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookCursor>();
        services.AddSingleton<DeadLetters>();
        services.AddHostedService<PlanWebhook>();
        return services;
    }
}
