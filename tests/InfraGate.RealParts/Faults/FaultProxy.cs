using System.Collections.Concurrent;
using System.Net;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace InfraGate.RealParts.Faults;

/// <summary>
/// Stands between a Kubernetes client and the API server, records every request and misbehaves where a rule says so. It ends the client's TLS with a
/// certificate of its own and speaks TLS to the API server again; the client's bearer token and body pass unchanged.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Proxy-Connection", "Host",
    };

    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("fault-proxy");
    private readonly CertificateAuthority _authority = new("infragate-fault-proxy");
    private readonly HttpMessageInvoker _upstream;
    private readonly Uri _server;
    private readonly WebApplication _app;
    private volatile FaultRule[] _rules = [];
    private int _count;

    private FaultProxy(Kubeconfig upstream, FaultProxyOptions options)
    {
        _server = upstream.Server;
        _upstream = new HttpMessageInvoker(TlsHandler.Create(upstream.CaPem));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                // Plain HTTP in front of a plain-HTTP sandbox, so that its kubeconfig keeps its shape.
                if (upstream.CaPem is not null)
                    listen.UseHttps(_authority.IssueServer("fault-proxy", options.CertificateLifetime).ToCertificate());
            });
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>A kubeconfig like the one behind, with the same token, that leads here.</summary>
    public string KubeconfigPath { get; private set; } = "";

    /// <summary>Every request that arrived, oldest first.</summary>
    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    /// <summary>Starts a proxy in front of the API server of a kubeconfig.</summary>
    public static async Task<FaultProxy> StartAsync(Kubeconfig upstream, FaultProxyOptions? options = null)
    {
        var proxy = new FaultProxy(upstream, options ?? new FaultProxyOptions());
        try
        {
            await proxy._app.StartAsync();
            var own = upstream with { Server = new Uri(proxy._app.Urls.Single()), CaPem = upstream.CaPem is null ? null : proxy._authority.Pem };
            proxy.KubeconfigPath = own.WriteTo(proxy._folder);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a proxy in front of the API server of a kubeconfig file.</summary>
    public static Task<FaultProxy> StartAsync(string kubeconfigPath, FaultProxyOptions? options = null) => StartAsync(Kubeconfig.Read(kubeconfigPath), options);

    /// <summary>Adds a rule. Of several that match, the one added first strikes.</summary>
    public FaultRule Add(FaultRule rule)
    {
        _rules = [.. _rules, rule];
        return rule;
    }

    /// <summary>Cuts the connection at the n-th request that <paramref name="matches"/>, before or after the API server has handled it.</summary>
    public FaultRule Cut(Func<ProxiedRequest, bool> matches, bool afterHandling = false, int nth = 1) =>
        Add(new FaultRule(matches, afterHandling ? FaultAction.CutAfter : FaultAction.CutBefore) { Nth = nth });

    /// <summary>Holds the n-th request that <paramref name="matches"/>, before or after the API server has handled it.</summary>
    public FaultRule Hold(Func<ProxiedRequest, bool> matches, bool afterHandling = false, int nth = 1) =>
        Add(new FaultRule(matches, afterHandling ? FaultAction.HoldAfter : FaultAction.HoldBefore) { Nth = nth });

    /// <summary>Answers every request that <paramref name="matches"/> with a Kubernetes Status of its own.</summary>
    public FaultRule Answer(Func<ProxiedRequest, bool> matches, int status, int times = int.MaxValue) => Add(new FaultRule(matches, FaultAction.Answer)
    {
        Status = status,
        Times = times,
        Body = $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"fault proxy","code":{{status}}}""",
    });

    /// <summary>Passes only the heads of answers on to all that <paramref name="matches"/>.</summary>
    public FaultRule Stall(Func<ProxiedRequest, bool> matches) => Add(new FaultRule(matches, FaultAction.Stall) { Times = int.MaxValue });

    /// <summary>Cuts, when the rule is released, the connections of the answers under way to all that <paramref name="matches"/>.</summary>
    public FaultRule CutDuring(Func<ProxiedRequest, bool> matches) => Add(new FaultRule(matches, FaultAction.CutDuring) { Times = int.MaxValue });

    /// <summary>Removes all rules and lets go what they hold.</summary>
    public void Heal()
    {
        var rules = _rules;
        _rules = [];
        foreach (var rule in rules)
            rule.Release();
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        await _app.DisposeAsync();
        _upstream.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = Record(context.Request);
        var rule = Array.Find(_rules, candidate => candidate.Strikes(request));
        try
        {
            if (await StrikeBeforeAsync(context, rule, request))
                return;
            using var answer = await ForwardAsync(context);
            if (await StrikeAfterAsync(context, rule, request))
                return;
            await ReturnAsync(context, answer, rule, request);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            // The server behind is gone, or the client is: the other side sees its connection end, as it would without a proxy.
            context.Abort();
        }
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private ProxiedRequest Record(HttpRequest request)
    {
        var pathAndQuery = RawTarget(request.HttpContext);
        var headers = request.Headers.Where(header => header.Key != "Authorization").ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var recorded = new ProxiedRequest(Interlocked.Increment(ref _count), request.Method, pathAndQuery, headers);
        _requests.Enqueue(recorded);
        return recorded;
    }

    /// <returns>True when the request has been dealt with.</returns>
    private static async Task<bool> StrikeBeforeAsync(HttpContext context, FaultRule? rule, ProxiedRequest request)
    {
        switch (rule?.Action)
        {
            case FaultAction.CutBefore:
                rule.ReportHit(request);
                context.Abort();
                return true;
            case FaultAction.HoldBefore:
                rule.ReportHit(request);
                await rule.Released.WaitAsync(context.RequestAborted);
                return false;
            case FaultAction.Delay:
                rule.ReportHit(request);
                await Task.Delay(rule.Delay, context.RequestAborted);
                return false;
            case FaultAction.Answer:
                rule.ReportHit(request);
                context.Response.StatusCode = rule.Status;
                context.Response.ContentType = "application/json";
                foreach (var (name, value) in rule.Headers)
                    context.Response.Headers[name] = value;
                await context.Response.WriteAsync(rule.Body, context.RequestAborted);
                return true;
            default:
                return false;
        }
    }

    /// <returns>True when the answer is not to be passed on.</returns>
    private static async Task<bool> StrikeAfterAsync(HttpContext context, FaultRule? rule, ProxiedRequest request)
    {
        if (rule?.Action is not (FaultAction.CutAfter or FaultAction.HoldAfter))
            return false;
        rule.ReportHit(request);
        if (rule.Action is FaultAction.HoldAfter)
        {
            await rule.Released.WaitAsync(context.RequestAborted);
            return false;
        }
        context.Abort();
        return true;
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context)
    {
        var incoming = context.Request;
        // Passed on, the lines would be joined into one and mean another group; whoever needs several asks the API server directly.
        if (incoming.Headers["Impersonate-Group"].Count > 1)
            throw new NotSupportedException("The fault proxy cannot pass several Impersonate-Group lines on.");
        var target = RawTarget(context);
        var outgoing = new HttpRequestMessage(new HttpMethod(incoming.Method), new Uri(_server, target)) { Version = HttpVersion.Version20 };
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            outgoing.Content = new StreamContent(incoming.Body);
        foreach (var (name, value) in incoming.Headers.Where(header => !HopByHop.Contains(header.Key) && !header.Key.StartsWith(':')))
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, value.ToArray()))
                outgoing.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }
        return await _upstream.SendAsync(outgoing, context.RequestAborted);
    }

    private static async Task ReturnAsync(HttpContext context, HttpResponseMessage answer, FaultRule? rule, ProxiedRequest request)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        // A watch or a followed log must arrive as it is written.
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (rule?.Action is FaultAction.Stall)
        {
            rule.ReportHit(request);
            await rule.Released.WaitAsync(context.RequestAborted);
        }
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var copying = answer.Content.CopyToAsync(context.Response.Body, cut.Token);
        if (rule?.Action is FaultAction.CutDuring)
        {
            rule.ReportHit(request);
            await Task.WhenAny(copying, rule.Released);
            await cut.CancelAsync();
        }
        await copying;
    }
}
