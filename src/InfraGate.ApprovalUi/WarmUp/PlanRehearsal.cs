using InfraGate.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>
/// Opens an approval link that does not exist and the page of a real plan, as the pages' own endpoints answer them, and throws the answers away. It is nobody who looks: a subject that may
/// decide nothing. What is read is what a visit reads, the cluster's answer about the plan among it; nothing is written.
/// </summary>
internal sealed class PlanRehearsal(IServiceScopeFactory scopes, EndpointDataSource endpoints)
{
    /// <summary>Opens the two pages, one after the other.</summary>
    public async Task OpenAsync(PlanId plan, CancellationToken cancellationToken)
    {
        await OpenAsync("/approvals/c/{Token}", "Token", "rehearsal", cancellationToken);
        await OpenAsync("/approvals/plans/{Id}", "Id", plan.Value, cancellationToken);
    }

    private async Task OpenAsync(string page, string name, string value, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var endpoint = endpoints.Endpoints.OfType<RouteEndpoint>().Single(candidate => candidate.RoutePattern.RawText == page);
        var context = Nobody.RequestOf(page.Replace($"{{{name}}}", value, StringComparison.Ordinal), scope.ServiceProvider, cancellationToken);
        context.Request.RouteValues[name] = value;
        context.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(context);
    }
}
