using InfraGate.DevIssuer.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace InfraGate.DevIssuer.Pages;

/// <summary>A page, rendered once on the server, with the strict policy that pages carry: own style sheet only, no script, no frame.</summary>
internal sealed class PageResult : IResult
{
    private readonly Type _page;
    private readonly Dictionary<string, object?> _parameters;
    private readonly int _status;
    private readonly string? _returnsTo;

    private PageResult(Type page, Dictionary<string, object?> parameters, int status, string? returnsTo)
    {
        _page = page;
        _parameters = parameters;
        _status = status;
        _returnsTo = returnsTo;
    }

    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="returnsTo">Where the page's form ends up after the issuer's own answer: browsers apply <c>form-action</c> to redirects as well.</param>
    public static PageResult Of<TPage>(Dictionary<string, object?> parameters, int status, string? returnsTo = null)
        where TPage : IComponent => new(typeof(TPage), parameters, status, returnsTo);

    public static PageResult Notice(string title, string text, int status) => Of<NoticePage>(
        new(StringComparer.Ordinal) { [nameof(NoticePage.Title)] = title, [nameof(NoticePage.Text)] = text },
        status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(_page, ParameterView.FromDictionary(_parameters))).ToHtmlString());

        httpContext.Response.StatusCode = _status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{ReturnSource()}; frame-ancestors 'none'; base-uri 'none'";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }

    private string ReturnSource()
    {
        if (_returnsTo is null)
        {
            return string.Empty;
        }

        // A policy has no way to write an IPv6 host.
        var authority = LoopbackRedirect.Authority(_returnsTo);
        return authority.StartsWith('[') ? " http:" : $" http://{authority}";
    }
}
