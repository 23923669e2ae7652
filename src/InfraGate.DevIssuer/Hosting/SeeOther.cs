namespace InfraGate.DevIssuer.Hosting;

/// <summary>303: the next request is a GET and carries no form (never 307, which would post a password onwards; RFC 9700, section 4.12).</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
