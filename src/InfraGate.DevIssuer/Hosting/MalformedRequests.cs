namespace InfraGate.DevIssuer.Hosting;

/// <summary>A form that cannot be read (too many fields, names that are too long) is the sender's mistake: 400, not 500.</summary>
internal static class MalformedRequests
{
    public static void UseMalformedRequests(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (InvalidDataException malformed) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"The form cannot be read: {malformed.Message}", context.RequestAborted);
        }
    });
}
