using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace InfraGate.ApprovalUi.Hosting;

/// <summary>
/// The style sheet, the script and the icon of the pages. Each is served under a name that holds its hash, so that a browser may keep it for ever and never keeps an old one.
/// </summary>
internal static class PageAssets
{
    /// <summary>Where they are served.</summary>
    public const string Route = "/approvals/assets/{name}";

    private static readonly FrozenDictionary<string, (byte[] Content, string Type)> ByHashedName;
    private static readonly FrozenDictionary<string, string> HashedNames;

    static PageAssets()
    {
        var assembly = typeof(PageAssets).Assembly;
        var contents = new Dictionary<string, (byte[], string)>();
        var names = new Dictionary<string, string>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("assets/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = Path.GetFileName(resource);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
            var hashed = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
            contents[hashed] = (content, TypeOf(name));
            names[name] = hashed;
        }

        ByHashedName = contents.ToFrozenDictionary();
        HashedNames = names.ToFrozenDictionary();
    }

    /// <summary>The URL of an asset, by its file name.</summary>
    public static string UrlOf(string name) => "/approvals/assets/" + HashedNames[name];

    /// <summary>Answers a request for an asset.</summary>
    public static IResult Serve(string name, HttpContext context)
    {
        if (!ByHashedName.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for '{other}'."),
    };
}
