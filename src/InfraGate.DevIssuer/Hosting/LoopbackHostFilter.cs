namespace InfraGate.DevIssuer.Hosting;

/// <summary>Refuses every request whose <c>Host</c> is not this issuer's own loopback address (DNS rebinding).</summary>
internal sealed partial class LoopbackHostFilter(RequestDelegate next, IssuerAddress address, ILogger<LoopbackHostFilter> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (address.IsOwnHost(context.Request.Host))
        {
            await next(context);
            return;
        }

        ForeignHost(logger);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        await context.Response.WriteAsync($"This is the InfraGate dev issuer. It answers only as {address.Value}.", context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request with a foreign Host header")]
    private static partial void ForeignHost(ILogger logger);
}
