namespace InfraGate.DevIssuer.Pages;

/// <summary>The pages' only resources, kept inside the program so that they are found wherever the program is started from.</summary>
internal static class PageAssets
{
    public const string StylePath = "/issuer.css";
    public const string IconPath = "/issuer.svg";

    public static void MapPageAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(StylePath, (HttpContext context) => Serve(context, "issuer.css", "text/css; charset=utf-8"));
        routes.MapGet(IconPath, (HttpContext context) => Serve(context, "issuer.svg", "image/svg+xml"));
    }

    private static IResult Serve(HttpContext context, string name, string contentType)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        var asset = typeof(PageAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not part of the build.");
        return Results.Stream(asset, contentType);
    }
}
