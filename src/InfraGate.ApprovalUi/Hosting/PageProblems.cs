using InfraGate.Plans.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>Turns what goes wrong under <c>/approvals</c> into a page that says what happened and what to do; details go to the log, never to the browser.</summary>
public static partial class PageProblems
{
    /// <summary>Catches what the pages let through.</summary>
    public static IApplicationBuilder UsePageProblems(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/approvals", StringComparison.Ordinal), pages => pages.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                if (!context.Response.HasStarted && ExplainStatus(context.Response.StatusCode) is var (status, title, text))
                {
                    await AnswerAsync(context, status, title, text);
                }
            }
            catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                var problem = Explain(failure);
                LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PageProblems)), problem.Status, failure);
                await AnswerAsync(context, problem.Status, problem.Title, problem.Text);
            }
        }));

    private static async Task AnswerAsync(HttpContext context, int status, string title, string text)
    {
        // A renderer of its own: the request's may be what failed, and it renders only once.
        await using var scope = context.RequestServices.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var again = status == StatusCodes.Status401Unauthorized ? context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent() : null;
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ProblemDocument.Title)] = title, [nameof(ProblemDocument.Text)] = text, [nameof(ProblemDocument.Again)] = again });
            return (await renderer.RenderComponentAsync<ProblemDocument>(parameters)).ToHtmlString();
        });
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static (int Status, string Title, string Text) FormNotTaken => (StatusCodes.Status400BadRequest, "This form was not taken",
        "It did not come from a page of this session, or the page was too old. Nothing was changed. Open the plan again.");

    /// <summary>A page for a status that would otherwise reach a person as an empty window.</summary>
    private static (int Status, string Title, string Text)? ExplainStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => FormNotTaken,
        StatusCodes.Status401Unauthorized => (status, "Your sign-in has ended",
            "It ends after half an hour without a click, after eight hours, and when the gateway is restarted. What you sent was not taken: nothing was approved, denied or withdrawn."),
        StatusCodes.Status403Forbidden => (status, "This is not for you", "You are signed in, but not as somebody who may see approvals here. Whoever runs the gateway can tell you why."),
        StatusCodes.Status404NotFound => (status, "There is nothing here", "The address is incomplete or belongs to a page that does not exist."),
        _ => null,
    };

    private static (int Status, string Title, string Text) Explain(Exception failure) => failure switch
    {
        PlanTamperedException => (StatusCodes.Status409Conflict, "This plan was edited in the database",
            "What is stored is no longer what was sealed when the plan was made. It can be neither approved nor applied. Run audit verify, and find out who wrote to the database."),
        PlanStoreException => (StatusCodes.Status503ServiceUnavailable, "The plan store cannot be used",
            "Nothing can be approved until it can. Nothing was changed. Try again in a minute; the gateway's log says why."),
        AntiforgeryValidationException or BadHttpRequestException => FormNotTaken,
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong here", "Nothing was changed by this page. Try again; the gateway's log holds the details."),
    };

    [LoggerMessage(LogLevel.Error, "An approval page failed with status {Status}")]
    private static partial void LogFailed(ILogger logger, int status, Exception failure);
}
