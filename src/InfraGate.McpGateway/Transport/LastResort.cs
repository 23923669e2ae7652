using ModelContextProtocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>Answers what no one expected: the log learns everything, the client a general sentence, so that nothing internal leaks.</summary>
internal sealed partial class LastResort(ILogger<LastResort> logger)
{
    /// <summary>Runs the rest of the pipeline and catches what it throws.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is no one to answer.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await new JsonRpcRefusal(bad.StatusCode, (int)McpErrorCode.InvalidRequest, "The request is malformed or too large.").WriteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailure(failure, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            await new JsonRpcRefusal(StatusCodes.Status500InternalServerError, (int)McpErrorCode.InternalError, "Something went wrong inside the gateway; its log says what.").WriteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(Exception failure, string method, PathString path);
}
