using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using InfraGate.RealParts.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace InfraGate.RealParts.Kubelet;

/// <summary>The part of a kubelet's HTTPS interface that <c>pods/log</c> needs; only the cluster's own client certificates get in.</summary>
internal sealed class KubeletLogServer : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2 _authority;
    private readonly WebApplication _app;
    private Func<string, string, PodWorker?> _find = (_, _) => null;

    public KubeletLogServer(IssuedCertificate serving, string caPem)
    {
        _certificate = serving.ToCertificate();
        _authority = X509Certificate2.CreateFromPem(caPem);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => IsOfThisCluster(certificate),
            })));
        _app = builder.Build();
        _app.MapGet("/containerLogs/{namespace}/{pod}/{container}", ServeAsync);
    }

    public ContainerLogs Logs { get; } = new();

    public int Port => new Uri(_app.Urls.Single()).Port;

    public Task StartAsync(Func<string, string, PodWorker?> find)
    {
        _find = find;
        return _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private bool IsOfThisCluster(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        return chain.Build(certificate);
    }

    private async Task ServeAsync(HttpContext context, string @namespace, string pod, string container)
    {
        var query = context.Request.Query;
        var previous = query["previous"] == "true";
        if (_find(@namespace, pod) is not { } worker)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"pod \"{pod}\" not found");
            return;
        }
        if (WhyNoLog(worker, pod, container, previous) is { } why)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, why);
            return;
        }

        context.Response.ContentType = "text/plain";
        var left = Number(query["limitBytes"]) ?? long.MaxValue;
        var lines = Numbered(Logs.Read(@namespace, pod, container, previous, worker.Script));
        if (Number(query["tailLines"]) is { } tail)
            lines = lines.TakeLast((int)tail);
        foreach (var (number, text) in lines)
        {
            var line = Encoding.UTF8.GetBytes(query["timestamps"] == "true" ? $"{ContainerLogs.TimestampOf(number)} {text}\n" : $"{text}\n");
            var length = (int)Math.Min(left, line.Length);
            await context.Response.Body.WriteAsync(line.AsMemory(0, length), context.RequestAborted);
            left -= length;
            if (left == 0)
                return;
        }
    }

    private static string? WhyNoLog(PodWorker worker, string pod, string container, bool previous)
    {
        var image = (string?)worker.Pod["spec"]!["containers"]!.AsArray().FirstOrDefault(item => (string?)item!["name"] == container)?["image"] ?? "";
        var behaviour = worker.Script.Of(container, image);
        if (behaviour is ContainerBehaviour.ImagePullBackOff)
            return $"container \"{container}\" in pod \"{pod}\" is waiting to start: trying and failing to pull image";
        if (!worker.HasStarted)
            return $"container \"{container}\" in pod \"{pod}\" is waiting to start: ContainerCreating";
        var hasPrevious = behaviour is ContainerBehaviour.CrashLoopBackOff or ContainerBehaviour.OomKilled or ContainerBehaviour.LivenessFails;
        return previous && !hasPrevious ? $"previous terminated container \"{container}\" in pod \"{pod}\" not found" : null;
    }

    private static async Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(why, context.RequestAborted);
    }

    private static IEnumerable<(int Number, string Text)> Numbered(IEnumerable<string> lines) => lines.Select((text, index) => (index + 1, text));

    private static long? Number(string? text) => string.IsNullOrEmpty(text) ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
