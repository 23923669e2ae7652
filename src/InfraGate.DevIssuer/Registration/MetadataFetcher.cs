using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace InfraGate.DevIssuer.Registration;

/// <summary>
/// Reads a URL that a stranger chose: no redirects, no proxy, no cookies, at most <see cref="MaximumBytes"/> in at most <see cref="Limit"/>,
/// and the address that is really connected to must be public, or loopback when the URL itself says loopback (SSRF).
/// </summary>
internal sealed class MetadataFetcher : IDisposable
{
    public const int MaximumBytes = 16 * 1024;

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public MetadataFetcher(TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<byte[]> FetchAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (response.StatusCode is not HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpRequestException($"expected 200 with JSON, got {(int)response.StatusCode} with {response.Content.Headers.ContentType?.MediaType ?? "no content type"}.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(either.Token);
        var buffer = new byte[MaximumBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
        return read <= MaximumBytes ? buffer[..read] : throw new HttpRequestException($"the document is larger than {MaximumBytes} bytes.");
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var uri = context.InitialRequestMessage.RequestUri!;
        var wantsLoopback = ClientIdUrl.IsLoopbackName(uri);
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);

        // Checked on the very addresses that are dialled: a second look-up could answer differently (DNS rebinding).
        if (addresses.Length == 0 || !addresses.All(address => wantsLoopback ? IPAddress.IsLoopback(address) : PublicNetwork.Contains(address)))
        {
            throw new HttpRequestException("the host is not on the public internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
