using Microsoft.AspNetCore.Http;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>Gives a page that has something to say a status other than 200.</summary>
internal static class PageStatus
{
    /// <summary>Sets the status when the answer starts: a page that sets 404 while it is drawn is not drawn at all.</summary>
    public static void AnswerWith(this HttpContext context, int status) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
