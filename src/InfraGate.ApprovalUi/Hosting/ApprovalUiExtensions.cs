using InfraGate.ApprovalUi.Export;
using InfraGate.ApprovalUi.Live;
using InfraGate.ApprovalUi.WarmUp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>
/// Mounts the approval pages in a host. The host provides <c>IPlanStore</c>, <c>IApprovalDesk</c>, <c>IPlanFreshness</c>, <c>IPolicySource</c>, <c>IChainInspector</c>, <c>TimeProvider</c>, a sign-in whose
/// principal <see cref="ApproverIdentity"/> understands, and <c>POST /approvals/sign-out</c>.
/// </summary>
public static class ApprovalUiExtensions
{
    /// <summary>Adds what the pages need.</summary>
    public static IServiceCollection AddApprovalUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<StreamSeats>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<SharedFreshness>();
        services.AddSingleton<PlanRehearsal>();
        services.AddSingleton<PageWarmUp>();
        services.AddSingleton<IPageWarmUp>(provider => provider.GetRequiredService<PageWarmUp>());
        services.AddHostedService(provider => provider.GetRequiredService<PageWarmUp>());
        return services;
    }

    /// <summary>Maps the pages under <c>/approvals</c>. Everything but the assets and the signed-out page needs the given authorization policy.</summary>
    public static void MapApprovalUi(this IEndpointRouteBuilder endpoints, string authorizationPolicy)
    {
        endpoints.MapGet(PageAssets.Route, PageAssets.Serve).AllowAnonymous();
        var pages = endpoints.MapGroup(string.Empty).RequireAuthorization(authorizationPolicy);
        pages.MapRazorComponents<ApprovalApp>();
        pages.MapLive();
        pages.MapAuditExport();
    }
}
