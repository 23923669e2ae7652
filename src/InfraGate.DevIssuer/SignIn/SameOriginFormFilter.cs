using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.Pages;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>Second lock beside the interaction's own: a browser says where a form was posted from, and only the issuer's own pages may (CSRF).</summary>
internal sealed class SameOriginFormFilter(IssuerAddress address) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isForeign = (origin.Length > 0 && !address.IsOwnOrigin(origin)) || site is not ("" or "same-origin" or "none");
        if (isForeign)
        {
            return PageResult.Notice("This form was sent from another site", "Nothing has been done. Start the sign-in again from your program.", StatusCodes.Status403Forbidden);
        }

        return request.HasFormContentType
            ? await next(context)
            : PageResult.Notice("This is not a form", "The request carries no form.", StatusCodes.Status415UnsupportedMediaType);
    }
}
