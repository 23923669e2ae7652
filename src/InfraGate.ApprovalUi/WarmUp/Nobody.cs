using System.Security.Claims;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.Http;

namespace InfraGate.ApprovalUi.WarmUp;

/// <summary>The visitor for whom pages are drawn before somebody comes: signed in as a subject that no policy names, and deaf to the answer.</summary>
internal static class Nobody
{
    /// <summary>A request of theirs for a page.</summary>
    public static HttpContext RequestOf(string path, IServiceProvider services, CancellationToken cancellationToken)
    {
        var identity = new ClaimsIdentity([new Claim("sub", "nobody")], ApproverIdentity.Scheme);
        var context = new DefaultHttpContext { RequestServices = services, User = new ClaimsPrincipal(identity), RequestAborted = cancellationToken };
        context.Request.Method = HttpMethods.Get;
        // Where only HTTPS is used, cookies are refused to anything else.
        context.Request.Scheme = Uri.UriSchemeHttps;
        context.Request.Host = new HostString("localhost");
        context.Request.Path = path;
        context.Response.Body = new SlowReader();
        return context;
    }
}
