using InfraGate.DevIssuer.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InfraGate.DevIssuer.Hosting;

/// <summary>The issuer identifier (<c>iss</c>): the address that is really bound, which with port 0 is known only after the start.</summary>
internal sealed class IssuerAddress
{
    private static readonly string[] LoopbackNames = ["127.0.0.1", "localhost", "[::1]"];

    private readonly Lazy<ListenAddress> _bound;

    public IssuerAddress(IssuerOptions options, IServer server)
    {
        _bound = new Lazy<ListenAddress>(() => options.Listen.Port != 0 ? options.Listen : options.Listen with { Port = BoundPort(server) });
    }

    /// <summary>Without a trailing slash and without a path.</summary>
    public string Value => _bound.Value.ToString();

    public string At(string path) => Value + path;

    /// <summary>A <c>Host</c> header that names this machine and this port. Anything else is a page that had its own name resolved to loopback (DNS rebinding).</summary>
    public bool IsOwnHost(HostString host) =>
        LoopbackNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase) && (host.Port ?? 80) == _bound.Value.Port;

    public bool IsOwnOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Scheme, "http", StringComparison.Ordinal)
        && LoopbackNames.Contains(uri.Host, StringComparer.OrdinalIgnoreCase)
        && uri.Port == _bound.Value.Port;

    private static int BoundPort(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.Single()).Port;
    }
}
