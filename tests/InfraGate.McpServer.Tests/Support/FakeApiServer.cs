using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using InfraGate.RealParts.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>An HTTP server on a free loopback port that answers as a test says and remembers what it was asked.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2? _certificate;

    private FakeApiServer(WebApplication app, X509Certificate2? certificate)
    {
        _app = app;
        _certificate = certificate;
    }

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public Uri Address => new(_app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    /// <param name="certificate">Serves HTTPS with it.</param>
    /// <param name="wantsClientCertificate">Refuses clients without one; any will do.</param>
    public static async Task<FakeApiServer> StartAsync(RequestDelegate answer, IssuedCertificate? certificate = null, bool wantsClientCertificate = false, Action<string?>? onServerName = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var tls = certificate?.ToCertificate();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AllowAlternateSchemes = true;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (tls is not null)
                {
                    listen.UseHttps(new HttpsConnectionAdapterOptions
                    {
                        ServerCertificateSelector = (_, name) =>
                        {
                            onServerName?.Invoke(name);
                            return tls;
                        },
                        ClientCertificateMode = wantsClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate,
                        ClientCertificateValidation = (_, _, _) => true,
                    });
                }
            });
        });
        var server = new FakeApiServer(builder.Build(), tls);
        server._app.Run(async context =>
        {
            server.Requests.Enqueue(SeenRequest.Of(context));
            await answer(context);
        });
        await server._app.StartAsync();
        return server;
    }

    public static async Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    public static Task StatusAsync(HttpContext context, int status, string message, string reason = "", string details = "{}") =>
        JsonAsync(context, $$"""{ "kind": "Status", "status": "Failure", "message": {{System.Text.Json.JsonSerializer.Serialize(message)}}, "reason": "{{reason}}", "code": {{status}}, "details": {{details}} }""", status);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }
}

internal sealed record SeenRequest(string Method, string PathAndQuery, string Protocol, string Host, IReadOnlyDictionary<string, string> Headers, string? ClientCertificate, long At)
{
    private IReadOnlyDictionary<string, string[]> HeaderLines { get; init; } = new Dictionary<string, string[]>();

    public static SeenRequest Of(HttpContext context) => new(
        context.Request.Method,
        context.Request.Path + context.Request.QueryString,
        context.Request.Protocol,
        context.Request.Host.Value ?? "",
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        context.Connection.ClientCertificate?.Subject,
        TimeProvider.System.GetTimestamp())
    {
        HeaderLines = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.OfType<string>().ToArray(), StringComparer.OrdinalIgnoreCase),
    };

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The values of a header as they came, line by line; empty when there was none.</summary>
    public IReadOnlyList<string> Lines(string name) => HeaderLines.GetValueOrDefault(name) ?? [];
}
