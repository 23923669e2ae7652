using System.Globalization;
using System.Net;

namespace InfraGate.DevIssuer.Configuration;

/// <summary>A plain-HTTP loopback address to listen on; no other address can be expressed. Port 0 asks for a free port.</summary>
/// <param name="Host">As it appears in URLs: <c>127.0.0.1</c>, <c>localhost</c> or <c>[::1]</c>.</param>
/// <param name="Port">0 to 65535.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    public static readonly ListenAddress Default = new("127.0.0.1", 3011);

    public IPAddress Address => string.Equals(Host, "[::1]", StringComparison.Ordinal) ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <summary>Parses <c>http://127.0.0.1:3011</c>. Returns false with a reason that says how to mend it.</summary>
    public static bool TryParse(string value, out ListenAddress address, out string problem)
    {
        address = Default;
        problem = string.Empty;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || !string.Equals(uri.Scheme, "http", StringComparison.Ordinal))
        {
            problem = $"'{value}' is not a single http:// address; use for example {Default}.";
        }
        else if (uri.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            problem = $"'{value}' is not a loopback address; the dev issuer listens on 127.0.0.1, localhost or [::1] only. Use for example {Default}.";
        }
        else if (uri.PathAndQuery is not "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = $"'{value}' has more than a host and a port; use for example {Default}.";
        }
        else
        {
            address = new ListenAddress(uri.Host, uri.Port);
        }

        return problem.Length == 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}");
}
