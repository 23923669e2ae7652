using System.Net;

namespace InfraGate.Sandbox.Hosting;

/// <summary>Serves loopback peers under loopback names only; a page in a browser that rebinds its DNS name to 127.0.0.1 gets nothing.</summary>
internal static class LoopbackGuard
{
    public static Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        var peer = http.Connection.RemoteIpAddress;
        var host = http.Request.Host.Host;
        var named = host is "localhost" or "127.0.0.1" or "[::1]";
        if (named && (peer is null || IPAddress.IsLoopback(peer)))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return http.Response.WriteAsync("The sandbox answers on loopback only.\n", http.RequestAborted);
    }
}
