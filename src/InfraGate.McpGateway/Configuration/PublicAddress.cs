using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InfraGate.McpGateway.Configuration;

/// <summary>
/// The URLs that others know the gateway by. What is configured holds; otherwise the address that was really bound, so that a gateway on port 0 names
/// itself correctly. Valid once the server listens.
/// </summary>
internal sealed class PublicAddress(GatewayOptions options, IServer server)
{
    private Uri? _bound;

    /// <summary>This protected resource (RFC 9728), the URL of <c>/mcp</c>.</summary>
    public Uri Resource => options.OAuth.Resource ?? new Uri(Bound, "/mcp");

    /// <summary>The audience that an access token must carry, compared exactly.</summary>
    public string Audience => options.OAuth.Audience ?? Resource.OriginalString;

    /// <summary>What approval URLs start with, without a trailing slash.</summary>
    public Uri BaseUrl => options.Approval.BaseUrl ?? Bound;

    /// <summary>Where the metadata of <see cref="Resource"/> is found (RFC 9728, section 3.1: well-known segment before the resource's path).</summary>
    public string MetadataUrl => Resource.GetLeftPart(UriPartial.Authority) + "/.well-known/oauth-protected-resource" + Resource.AbsolutePath.TrimEnd('/');

    private Uri Bound => _bound ??= Read();

    private Uri Read()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The gateway's own address was asked for before it listened.");
        var url = new UriBuilder(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        if (url.Host == "0.0.0.0")
        {
            url.Host = "127.0.0.1";
        }

        return url.Uri;
    }
}
