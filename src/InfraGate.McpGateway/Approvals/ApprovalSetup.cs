using InfraGate.ApprovalUi.Hosting;
using InfraGate.McpGateway.Approvals.Webhooks;
using InfraGate.McpGateway.Auth.SignIn;
using InfraGate.McpGateway.Calls;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Downstream;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Antiforgery;

namespace InfraGate.McpGateway.Approvals;

/// <summary>Registers what approving needs, and mounts the pages.</summary>
internal static class ApprovalSetup
{
    /// <summary>Adds the store, the policy, the desk, the signing key, the sign-in and the stage that holds calls back.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(provider => new AuditSigner(
            provider.GetRequiredService<GrantKey>().File.Key, Path.Combine(options.Storage.KeyRoot, AuditSigner.AnchorFileName)));
        services.AddSingleton<IPlanStore>(provider => PlanStores.Open(
            new PlanStoreSettings
            {
                ApprovalRoot = options.Storage.ApprovalRoot,
                Database = options.Storage.Database,
                AuditSigner = provider.GetRequiredService<AuditSigner>(),
            },
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GrantKey>();
        services.AddSingleton<IServerEnvironment>(provider => provider.GetRequiredService<GrantKey>());
        services.AddSingleton<PolicyLog>();
        services.AddSingleton(provider => PolicyFile.Open(options.Storage.PolicyFile, provider.GetRequiredService<PolicyLog>().Tell));
        services.AddSingleton(provider => new GrantSigner(provider.GetRequiredService<GrantKey>().File.Key, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DecisionSigner(provider.GetRequiredService<GrantKey>().File.Key));
        services.AddSingleton<IApprovalDesk, ApprovalDesk>();
        services.AddSingleton<IPlanFreshness, ServerFreshness>();
        services.AddSingleton<IChainInspector, ChainInspector>();
        services.AddSingleton<ApprovalLinks>();
        services.AddSingleton<HumanWait>();
        services.AddSingleton<ApprovalPrompt>();
        services.AddSingleton<IToolCallStage, ApprovalStage>();
        services.AddHostedService<PlanStoreStart>();
        services.AddHostedService<ExpirySweep>();
        services.AddPlanWebhook(options);
        services.AddApproverSignIn(options);
        services.AddApprovalUi();
        services.AddAntiforgery(antiforgery => Harden(antiforgery, options));
        return services;
    }

    /// <summary>Maps the pages and the sign-out.</summary>
    public static void MapApprovals(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapApprovalUi(ApproverSignIn.Policy);
        endpoints.MapSignOut();
    }

    /// <summary>What is wrong with the signing key or the policy file, in words that say how to mend it; null when nothing is.</summary>
    public static string? FindMistake(GatewayOptions options)
    {
        try
        {
            using var key = GrantKeyFile.LoadOrCreate(options.Storage.KeyRoot);
            _ = PolicyFile.Open(options.Storage.PolicyFile).Current;
            return null;
        }
        catch (Exception mistake) when (mistake is GrantKeyException or PolicyException)
        {
            return mistake.Message;
        }
    }

    private static void Harden(AntiforgeryOptions antiforgery, GatewayOptions options)
    {
        var https = options.Approval.BaseUrl?.Scheme == Uri.UriSchemeHttps;
        antiforgery.Cookie.Name = https ? "__Host-infragate-form" : "infragate-form";
        antiforgery.Cookie.Path = ApproverSignIn.CookiePath(https);
        antiforgery.Cookie.HttpOnly = true;
        antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        antiforgery.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
