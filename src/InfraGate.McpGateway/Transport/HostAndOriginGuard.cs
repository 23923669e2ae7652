using System.Collections.Frozen;
using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Observability;

namespace InfraGate.McpGateway.Transport;

/// <summary>
/// Refuses requests that name a host other than the gateway's, or come from a page of another origin: DNS rebinding (CVE-2025-66416, CVE-2026-34742).
/// Holds for every endpoint, health included.
/// </summary>
internal sealed class HostAndOriginGuard
{
    private readonly FrozenSet<string> _hosts;
    private readonly FrozenSet<string> _origins;
    private readonly GatewayMetrics _metrics;

    /// <summary>Knows the loopback names and what is configured.</summary>
    public HostAndOriginGuard(GatewayOptions options, GatewayMetrics metrics)
    {
        var own = new[] { options.OAuth.Resource, options.Approval.BaseUrl }.OfType<Uri>().ToList();
        var hosts = new List<string>(["127.0.0.1", "localhost", "[::1]", .. options.Network.AllowedHosts, .. own.Select(url => url.Host)]);
        _hosts = hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _origins = options.Network.AllowedOrigins.Concat(own.Select(url => url.GetLeftPart(UriPartial.Authority))).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _metrics = metrics;
    }

    /// <summary>Lets the request through or answers 403.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!_hosts.Contains(request.Host.Host))
        {
            _metrics.Refused("host");
            return RefuseAsync(context, "This host name is not served here.");
        }

        var origins = request.Headers.Origin;
        if (origins.Count > 1 || (origins.Count == 1 && !IsTrusted(request, origins.ToString())))
        {
            _metrics.Refused("origin");
            return RefuseAsync(context, "Requests from this origin are not accepted.");
        }

        return next(context);
    }

    /// <summary>The origin of the gateway itself, under the name that this request used, or a configured one. <c>null</c> is nobody's.</summary>
    private bool IsTrusted(HttpRequest request, string origin) =>
        _origins.Contains(origin) || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, string message) =>
        new JsonRpcRefusal(StatusCodes.Status403Forbidden, JsonRpcRefusal.ServerError, message).WriteAsync(context);
}
